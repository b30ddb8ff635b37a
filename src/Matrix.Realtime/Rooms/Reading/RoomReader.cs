using System.Buffers;
using Matrix.Realtime.Errors;
using Matrix.Realtime.Http;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Json;
using Matrix.Realtime.Rooms.Events;
using Matrix.Realtime.Rooms.State;
using Microsoft.AspNetCore.Http;

namespace Matrix.Realtime.Rooms.Reading;

/// <summary>Reads single events, state and members, for those who may see them.</summary>
internal sealed class RoomReader(RoomStates states, EventDetailsReader detailsReader, TimeProvider time)
{
    public async Task<IResult> GetEventAsync(
        Requester requester, RoomId roomId, EventId eventId, CancellationToken cancellationToken)
    {
        var view = states.Current;
        var (visible, found) = await states.GetVisibleEventAsync(
            view, requester.UserId, roomId, eventId, cancellationToken);
        var details = await detailsReader.ReadAsync(view, requester, visible, [found], [], cancellationToken);
        var output = new ArrayBufferWriter<byte>();
        WriterFor(requester, details).Write(output, found, roomId);
        return new Utf8JsonResult(output.WrittenMemory);
    }

    /// <summary>All state as an array of events.</summary>
    public async Task<IResult> GetStateAsync(Requester requester, RoomId roomId, CancellationToken cancellationToken)
    {
        var visible = await GetVisibleAsync(requester, roomId, cancellationToken);
        var state = await states.GetStateAtAsync(visible.Room, visible.Through, cancellationToken);
        var details = await detailsReader.ReadAsync(visible, state, cancellationToken);
        var output = new ArrayBufferWriter<byte>();
        WriterFor(requester, details).WriteArray(output, state, roomId);
        return new Utf8JsonResult(output.WrittenMemory);
    }

    /// <summary>The content of one state event, or with <c>format=event</c> the whole event.</summary>
    public async Task<IResult> GetStateEventAsync(
        Requester requester,
        RoomId roomId,
        string type,
        string stateKey,
        string? format,
        CancellationToken cancellationToken)
    {
        var visible = await GetVisibleAsync(requester, roomId, cancellationToken);
        var found = await states.FindStateAtAsync(visible.Room, visible.Through, type, stateKey, cancellationToken)
            ?? throw MatrixException.NotFound("The room has no such state.");
        if (format != "event")
        {
            return new Utf8JsonResult(found.Pdu.ContentJson);
        }

        var details = await detailsReader.ReadAsync(visible, [found], cancellationToken);
        var output = new ArrayBufferWriter<byte>();
        WriterFor(requester, details).Write(output, found, roomId);
        return new Utf8JsonResult(output.WrittenMemory);
    }

    /// <summary>The member events as of a token, or now.</summary>
    public async Task<IResult> GetMembersAsync(
        Requester requester, RoomId roomId, MembersQuery query, CancellationToken cancellationToken)
    {
        var visible = await GetVisibleAsync(requester, roomId, cancellationToken);
        var at = visible.Through;
        if (query.At is { } token)
        {
            // The stream goes on after the room's last event.
            at = StreamPosition.Min(token.Position, StreamPosition.Min(visible.Through, visible.Room.Position));
            if (!visible.CanSee(at))
            {
                throw MatrixException.Forbidden("You may not see the room as it was then.");
            }
        }

        var members = (await states.GetMembersAtAsync(visible.Room, at, cancellationToken))
            .Where(member => query.Allows(member.Pdu.Membership));
        var details = await detailsReader.ReadAsync(visible, members, cancellationToken);
        var output = new ArrayBufferWriter<byte>();
        output.Write("{\"chunk\":"u8);
        WriterFor(requester, details).WriteArray(output, members, roomId);
        output.Write("}"u8);
        return new Utf8JsonResult(output.WrittenMemory);
    }

    /// <summary>The joined members with their names and avatars, for those who are joined themselves.</summary>
    public async Task<IResult> GetJoinedMembersAsync(
        Requester requester, RoomId roomId, CancellationToken cancellationToken)
    {
        var visible = await GetVisibleAsync(requester, roomId, cancellationToken);
        if (!visible.User.IsJoined)
        {
            throw MatrixException.Forbidden("You are not joined to this room.");
        }

        var output = new ArrayBufferWriter<byte>();
        output.Write("{\"joined\":{"u8);
        var separator = ""u8;
        foreach (var member in visible.Room.Members.Values.Where(IsJoined))
        {
            output.Write(separator);
            JsonText.WriteString(output, member.StateKey!);
            WriteProfile(output, member);
            separator = ","u8;
        }

        output.Write("}}"u8);
        return new Utf8JsonResult(output.WrittenMemory);
    }

    /// <summary>The rooms that the caller is joined to.</summary>
    public async Task<JoinedRoomsResponse> GetJoinedRoomsAsync(Requester requester, CancellationToken cancellationToken)
    {
        var rooms = await states.GetUserRoomsAsync(states.Current, requester.UserId, cancellationToken);
        return new JoinedRoomsResponse([.. rooms.Joined]);
    }

    private ClientEventWriter WriterFor(Requester requester, EventDetails details) =>
        new(new(requester, time.GetUtcNow()), details);

    private ValueTask<VisibleRoom> GetVisibleAsync(
        Requester requester, RoomId roomId, CancellationToken cancellationToken) =>
        states.GetVisibleAsync(states.Current, requester.UserId, roomId, cancellationToken);

    private static bool IsJoined(RoomEvent member) => member.Pdu.Membership == Memberships.Join;

    private static void WriteProfile(ArrayBufferWriter<byte> output, RoomEvent member)
    {
        output.Write(":{"u8);
        if (member.Content.String("avatar_url") is { } avatar)
        {
            output.Write("\"avatar_url\":"u8);
            JsonText.WriteString(output, avatar);
        }

        if (member.Content.String("displayname") is { } name)
        {
            output.Write(member.Content.String("avatar_url") is null ? "\"display_name\":"u8 : ",\"display_name\":"u8);
            JsonText.WriteString(output, name);
        }

        output.Write("}"u8);
    }
}
