using Matrix.Realtime.Errors;
using Matrix.Realtime.Http;
using Matrix.Realtime.Identifiers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Matrix.Realtime.Rooms.Messages;

/// <summary>Sending events and setting state (client-server API, "Sending events to a room").</summary>
internal static class RoomEventEndpoints
{
    public static RouteGroupBuilder MapRoomEvents(this RouteGroupBuilder group)
    {
        group.MapPut("/rooms/{roomId}/send/{eventType}/{txnId}", SendAsync).WithName("sendMessage")
            .CountsAsActivity().AddEndpointFilter(RefuseDelay);
        group.MapPut("/rooms/{roomId}/redact/{eventId}/{txnId}", RedactAsync).WithName("redactEvent").CountsAsActivity();
        group.MapPut("/rooms/{roomId}/state/{eventType}/{stateKey?}", SetStateAsync).WithName("setRoomStateWithKey")
            .CountsAsActivity().AddEndpointFilter(RefuseDelay);
        return group;
    }

    private static async Task<Ok<EventIdResponse>> SendAsync(
        RoomId roomId, string eventType, string txnId, JsonObjectBody content,
        Requester requester, RoomEventService service, CancellationToken cancellationToken) =>
        TypedResults.Ok(new EventIdResponse(
            await service.SendAsync(requester, roomId, eventType, txnId, content, cancellationToken)));

    private static async Task<Ok<EventIdResponse>> RedactAsync(
        RoomId roomId, EventId eventId, string txnId, JsonObjectBody content,
        Requester requester, RoomEventService service, CancellationToken cancellationToken) =>
        TypedResults.Ok(new EventIdResponse(
            await service.RedactAsync(requester, roomId, eventId, txnId, content, cancellationToken)));

    private static async Task<Ok<EventIdResponse>> SetStateAsync(
        RoomId roomId, string eventType, string? stateKey, JsonObjectBody content,
        Requester requester, RoomEventService service, CancellationToken cancellationToken) =>
        TypedResults.Ok(new EventIdResponse(await service.SetStateAsync(
            requester, roomId, eventType, stateKey ?? string.Empty, content, cancellationToken)));

    /// <summary>
    /// Refuses events that are to be sent later: sent at once, the one that ends a call would end it as it begins.
    /// </summary>
    private static ValueTask<object?> RefuseDelay(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next) =>
        invocation.HttpContext.Request.Query.ContainsKey("org.matrix.msc4140.delay")
            ? throw MatrixException.BadRequest(MatrixErrorCodes.Unknown, "This server cannot send events later.")
            : next(invocation);
}
