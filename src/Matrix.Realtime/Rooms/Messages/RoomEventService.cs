using Matrix.Realtime.Errors;
using Matrix.Realtime.Http;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Json;
using Matrix.Realtime.Rooms.Authorization;
using Matrix.Realtime.Rooms.Events;
using Matrix.Realtime.Rooms.Membership;
using Matrix.Realtime.Rooms.State;
using Matrix.Realtime.Rooms.Writing;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.Rooms.Messages;

/// <summary>Sends events and sets state.</summary>
internal sealed class RoomEventService(
    ChangeWriter writer,
    LiveState live,
    RoomEventWriter events,
    RoomStates states,
    RoomTable rooms,
    TransactionTable transactions,
    MembershipService membership,
    TimeProvider time)
{
    /// <summary>
    /// Sends an event; a repeated transaction of the device, if it is one, gets the event that it sent first.
    /// </summary>
    public async Task<EventId> SendAsync(
        Requester requester,
        RoomId roomId,
        string type,
        string? transactionId,
        JsonObjectBody content,
        CancellationToken cancellationToken)
    {
        if (type != EventTypes.Redaction)
        {
            requester.RequireSpeech();
        }

        var redacts = type == EventTypes.Redaction && EventId.TryParse(content.Element.String("redacts"), out var eventId)
            ? eventId
            : (EventId?)null;
        return await SendAsync(requester, roomId, transactionId, new EventDraft
        {
            Type = type,
            Sender = requester.UserId,
            Content = CanonicalJson.Serialize(content.Element),
            Redacts = redacts,
            DeviceId = requester.DeviceId,
            TransactionId = transactionId,
            RedactsOwnOnly = requester.IsSuspended,
        }, cancellationToken);
    }

    /// <summary>Redacts an event; a repeated transaction of the device gets the redaction that it sent first.</summary>
    public Task<EventId> RedactAsync(
        Requester requester,
        RoomId roomId,
        EventId eventId,
        string transactionId,
        JsonObjectBody content,
        CancellationToken cancellationToken) =>
        SendAsync(requester, roomId, transactionId, new EventDraft
        {
            Type = EventTypes.Redaction,
            Sender = requester.UserId,
            Content = CanonicalJson.Serialize(content.Element),
            Redacts = eventId,
            DeviceId = requester.DeviceId,
            TransactionId = transactionId,
            RedactsOwnOnly = requester.IsSuspended,
        }, cancellationToken);

    /// <summary>Sets one key of the state; setting what it already holds changes nothing.</summary>
    public async Task<EventId> SetStateAsync(
        Requester requester,
        RoomId roomId,
        string type,
        string stateKey,
        JsonObjectBody content,
        CancellationToken cancellationToken)
    {
        var draft = new EventDraft
        {
            Type = type,
            StateKey = stateKey,
            Sender = requester.UserId,
            Content = CanonicalJson.Serialize(content.Element),
        };
        RequireFit(draft);
        if (!IsOwnLeave(draft))
        {
            requester.RequireSpeech();
        }

        await states.GetRoomAsync(live.Current, roomId, cancellationToken);
        return await writer.SubmitAsync(
            async batch =>
            {
                // Memberships have rules of their own: the invited may join or decline this way too.
                var room = type == EventTypes.Member
                    ? await batch.GetAsync(rooms, roomId)
                    : await RequireJoinedAsync(batch, roomId, requester.UserId);
                var current = room.FindEvent(type, stateKey);
                return current is not null && current.Sender == requester.UserId
                    && current.Pdu.ContentJson.Span.SequenceEqual(draft.Content.Span)
                    ? current.EventId
                    : (await events.AppendAsync(batch, room, draft)).EventId;
            },
            cancellationToken);
    }

    private async Task<EventId> SendAsync(
        Requester requester, RoomId roomId, string? transactionId, EventDraft draft, CancellationToken cancellationToken)
    {
        // Loads what is not live before the writer's loop would have to wait for it.
        var device = new DeviceKey(requester.UserId, requester.DeviceId);
        await states.GetRoomAsync(live.Current, roomId, cancellationToken);
        await live.GetAsync(live.Current, transactions, device, cancellationToken);
        var transaction = transactionId is null
            ? (TransactionKey?)null
            : new TransactionKey(transactionId, roomId, draft.Type, draft.Redacts);
        return await writer.SubmitAsync(
            async batch =>
            {
                if (transaction is { } key
                    && (await batch.GetAsync(transactions, device)).Find(key, time.GetUtcNow()) is { } eventId)
                {
                    return eventId;
                }

                var room = await RequireJoinedAsync(batch, roomId, requester.UserId);
                return (await events.AppendAsync(batch, room, draft)).EventId;
            },
            cancellationToken);
    }

    private static bool IsOwnLeave(EventDraft draft) =>
        draft.Type == EventTypes.Member
        && draft.StateKey == draft.Sender.Value
        && draft.ParseContent().String("membership") == Memberships.Leave;

    /// <summary>Refuses what is wrong whoever sends it and whatever the room.</summary>
    private void RequireFit(EventDraft draft)
    {
        var content = draft.ParseContent();
        if (draft.Type == EventTypes.PowerLevels && PowerLevelsRules.FindFault(content) is { } fault)
        {
            throw MatrixException.BadJson(fault);
        }

        if (draft.Type == EventTypes.Member
            && content.String("membership") == Memberships.Invite
            && UserId.TryParse(draft.StateKey, out var invited))
        {
            membership.RequireLocal(invited);
        }
    }

    private async ValueTask<RoomState> RequireJoinedAsync(ChangeBatch batch, RoomId roomId, UserId userId)
    {
        var room = await batch.GetAsync(rooms, roomId);
        return room.MembershipOf(userId) == Memberships.Join
            ? room
            : throw MatrixException.Forbidden("You are not joined to this room.");
    }
}
