using Matrix.Realtime.Http;
using Matrix.Realtime.Identifiers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Matrix.Realtime.Rooms.Reading;

/// <summary>Reading events, state, members and history (client-server API, "Getting events for a room").</summary>
internal static class RoomReadingEndpoints
{
    public static RouteGroupBuilder MapRoomReading(this RouteGroupBuilder group)
    {
        group.MapGet("/rooms/{roomId}/event/{eventId}", GetEventAsync).WithName("getOneRoomEvent");
        group.MapGet("/rooms/{roomId}/state", GetStateAsync).WithName("getRoomState");
        group.MapGet("/rooms/{roomId}/state/{eventType}/{stateKey?}", GetStateEventAsync).WithName("getRoomStateWithKey");
        group.MapGet("/rooms/{roomId}/members", GetMembersAsync).WithName("getMembersByRoom");
        group.MapGet("/rooms/{roomId}/joined_members", GetJoinedMembersAsync).WithName("getJoinedMembersByRoom");
        group.MapGet("/rooms/{roomId}/messages", GetMessagesAsync).WithName("getRoomEvents");
        group.MapGet("/rooms/{roomId}/context/{eventId}", GetContextAsync).WithName("getEventContext");
        group.MapGet("/joined_rooms", GetJoinedRoomsAsync).WithName("getJoinedRooms");
        return group;
    }

    public static RouteGroupBuilder MapEventByTimestamp(this RouteGroupBuilder group)
    {
        group.MapGet("/rooms/{roomId}/timestamp_to_event", FindByTimestampAsync).WithName("getEventByTimestamp");
        return group;
    }

    private static Task<IResult> GetEventAsync(
        RoomId roomId, EventId eventId, Requester requester, RoomReader reader, CancellationToken cancellationToken) =>
        reader.GetEventAsync(requester, roomId, eventId, cancellationToken);

    private static Task<IResult> GetStateAsync(
        RoomId roomId, Requester requester, RoomReader reader, CancellationToken cancellationToken) =>
        reader.GetStateAsync(requester, roomId, cancellationToken);

    private static Task<IResult> GetStateEventAsync(
        RoomId roomId, string eventType, string? stateKey, QueryReader query,
        Requester requester, RoomReader reader, CancellationToken cancellationToken) =>
        reader.GetStateEventAsync(
            requester, roomId, eventType, stateKey ?? string.Empty, query.Text("format"), cancellationToken);

    private static Task<IResult> GetMembersAsync(
        RoomId roomId, QueryReader query, Requester requester, RoomReader reader, CancellationToken cancellationToken) =>
        reader.GetMembersAsync(requester, roomId, MembersQuery.Read(query), cancellationToken);

    private static Task<IResult> GetJoinedMembersAsync(
        RoomId roomId, Requester requester, RoomReader reader, CancellationToken cancellationToken) =>
        reader.GetJoinedMembersAsync(requester, roomId, cancellationToken);

    private static Task<IResult> GetMessagesAsync(
        RoomId roomId, QueryReader query, Requester requester, MessagesReader reader, CancellationToken cancellationToken) =>
        reader.GetMessagesAsync(requester, roomId, MessagesQuery.Read(query), cancellationToken);

    private static Task<IResult> GetContextAsync(
        RoomId roomId,
        EventId eventId,
        QueryReader query,
        Requester requester,
        ContextReader reader,
        CancellationToken cancellationToken) =>
        reader.GetContextAsync(
            requester, roomId, eventId, MessagesQuery.ReadLimit(query), query.Text("filter"), cancellationToken);

    private static async Task<Ok<EventByTimestampResponse>> FindByTimestampAsync(
        RoomId roomId,
        QueryReader query,
        Requester requester,
        EventByTimestampReader reader,
        CancellationToken cancellationToken) =>
        TypedResults.Ok(await reader.FindAsync(
            requester,
            roomId,
            query.RequiredInteger("ts"),
            MessagesQuery.IsBackwards(query.RequiredText("dir")),
            cancellationToken));

    private static async Task<Ok<JoinedRoomsResponse>> GetJoinedRoomsAsync(
        Requester requester, RoomReader reader, CancellationToken cancellationToken) =>
        TypedResults.Ok(await reader.GetJoinedRoomsAsync(requester, cancellationToken));
}
