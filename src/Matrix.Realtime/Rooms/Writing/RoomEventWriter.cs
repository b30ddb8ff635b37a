using Matrix.Realtime.Accounts.Management;
using Matrix.Realtime.Errors;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.Authorization;
using Matrix.Realtime.Rooms.Events;
using Matrix.Realtime.Rooms.Membership;
using Matrix.Realtime.Rooms.State;
using Matrix.Realtime.Rooms.Versions;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.Rooms.Writing;

/// <summary>
/// Gives an event its place in a room: builds, authorises, signs and stores it. Runs on the writer's loop.
/// </summary>
internal sealed class RoomEventWriter(
    RoomTable rooms,
    SigningKeys keys,
    RestrictedJoins restrictedJoins,
    DeactivatedAccounts deactivated,
    IEnumerable<IRoomEventParticipant> participants,
    TimeProvider time)
{
    private readonly IRoomEventParticipant[] _participants = [.. participants];

    /// <summary>Loads what the loop would have to wait for when a user is invited.</summary>
    public async ValueTask PrepareInviteAsync(UserId invited, CancellationToken cancellationToken)
    {
        foreach (var participant in _participants)
        {
            await participant.PrepareInviteAsync(invited, cancellationToken);
        }
    }

    /// <summary>Adds an event to an existing room.</summary>
    /// <exception cref="MatrixException">The room's rules forbid the event, or it is too large.</exception>
    public async ValueTask<RoomEvent> AppendAsync(ChangeBatch batch, RoomState room, EventDraft draft)
    {
        var version = room.Version ?? throw MatrixException.Forbidden("There is no such room.");
        if (draft.Type == EventTypes.Member)
        {
            draft = await restrictedJoins.VouchAsync(batch, room, draft);
        }

        var last = room.Recent[^1].Event.Pdu;
        var pdu = Build(version, room, room.RoomId, [last.EventId], last.Depth + 1, draft);
        if (pdu.Membership != Memberships.Leave)
        {
            // A request can outlive the account that it was made for.
            deactivated.Refuse(pdu.Sender);
        }

        EventAuthorizer.Authorize(version, pdu, room);

        var target = draft.Type == EventTypes.Redaction ? await FindTargetAsync(batch, room, pdu, draft.RedactsOwnOnly) : null;
        var relation = EventRelation.Of(pdu);
        var related = relation is { EventId: var relatesTo } ? await FindAsync(batch, room, relatesTo) : null;
        var change = new RoomEventChange(version, pdu)
        {
            DeviceId = draft.DeviceId,
            TransactionId = draft.TransactionId,
            Redacts = target,
            Redacted = target is null ? null : EventRedactor.Redact(version, target.Pdu),
            Replaces = pdu.StateKey is { } stateKey ? room.FindEvent(pdu.Type, stateKey)?.Position : null,
            RelatesTo = related,
            ThreadRoot = ThreadRootOf(relation, related),
            MemberCount = room.JoinedCountAfter(pdu),
            MayNotifyRoom = MayNotifyRoom(version, room, pdu.Sender),
        };
        return await StoreAsync(batch, room, change);
    }

    /// <summary>Adds an event to an existing room unless its rules forbid that; then nothing of it is left.</summary>
    public async ValueTask TryAppendAsync(ChangeBatch batch, RoomState room, EventDraft draft)
    {
        var before = batch.Save();
        try
        {
            await AppendAsync(batch, room, draft);
        }
        catch (MatrixException refusal) when (refusal.ErrorCode == MatrixErrorCodes.Forbidden)
        {
            batch.Restore(before);
        }
    }

    /// <summary>Creates a room by its first event.</summary>
    public async ValueTask<RoomEvent> CreateAsync(
        ChangeBatch batch, RoomVersion version, RoomId? roomId, EventDraft draft)
    {
        var nowhere = new RoomState { RoomId = roomId ?? default, Position = StreamPosition.Zero };
        for (var delay = 0; ; delay++)
        {
            var pdu = Build(version, nowhere, roomId, [], 1, draft, delay);
            EventAuthorizer.Authorize(version, pdu, nowhere);
            var room = await batch.GetAsync(rooms, pdu.RoomId);

            // A room named by its first event is the same as another of the same user and content in the same millisecond.
            if (!room.Exists)
            {
                return await StoreAsync(batch, room, new RoomEventChange(version, pdu));
            }
        }
    }

    private Pdu Build(
        RoomVersion version,
        RoomState room,
        RoomId? roomId,
        IReadOnlyList<EventId> previous,
        long depth,
        EventDraft draft,
        int delay = 0) => new PduBuilder
        {
            Version = version,
            RoomId = roomId,
            Type = draft.Type,
            StateKey = draft.StateKey,
            Sender = draft.Sender,
            Content = draft.Content,
            Redacts = draft.Redacts,
            PrevEvents = previous,
            AuthEvents = AuthEventSelector.Select(
                version, room, draft.Type, draft.StateKey, draft.Sender, draft.ParseContent()),
            Depth = depth,
            OriginServerTs = time.GetUtcNow().ToUnixTimeMilliseconds() + delay,
        }.Build(keys.Current);

    private async ValueTask<RoomEvent> StoreAsync(ChangeBatch batch, RoomState before, RoomEventChange change)
    {
        var position = batch.Append(change);
        batch.Insert(ToRow(change.Event, change.Version, redactedBy: null));
        if (change is { Redacts: { } target, Redacted: { } redacted })
        {
            batch.Upsert(ToRow(target.With(redacted, redactedBecause: null), change.Version, position));
        }

        if (change.Pdu.StateKey is { } stateKey)
        {
            if (before.FindEvent(change.Pdu.Type, stateKey) is { } replaced)
            {
                batch.Upsert(ToStateRow(replaced, position));
            }

            batch.Insert(ToStateRow(change.Event, StreamPosition.Never));
        }

        foreach (var participant in _participants)
        {
            await participant.OnEventAsync(batch, change);
        }

        return change.Event;
    }

    /// <summary>
    /// The thread that an event joins: the one that it names, else the one that the event which it relates to is in.
    /// What relates to a root in any other way stays in the main timeline, where the root is.
    /// </summary>
    /// <remarks>
    /// An event relates only to events that are there before it, whose threads are known: one step suffices.
    /// </remarks>
    private static EventId? ThreadRootOf(EventRelation? relation, RoomEvent? related) =>
        relation?.IsThread == true ? related?.EventId : related?.ThreadRoot;

    private static async ValueTask<RoomEvent?> FindAsync(ChangeBatch batch, RoomState room, EventId eventId) =>
        room.FindRecent(eventId)
        ?? await batch.ReadAsync((database, cancellationToken) =>
            RoomEventQueries.FindAsync(database, room.RoomId, eventId, cancellationToken));

    private static bool MayNotifyRoom(RoomVersion version, RoomState room, UserId sender)
    {
        var powerLevels = PowerLevels.Of(version, room);
        return powerLevels.Of(sender) >= powerLevels.ToNotify("room");
    }

    private static async Task<RoomEvent?> FindTargetAsync(
        ChangeBatch batch, RoomState room, Pdu redaction, bool ownOnly)
    {
        if (redaction.Redacts is not { } eventId)
        {
            throw MatrixException.BadJson("A redaction must name the event that it redacts.");
        }

        var target = await FindAsync(batch, room, eventId)
            ?? throw MatrixException.NotFound("There is no such event in this room.");
        if (target.Type == EventTypes.Create)
        {
            // NOTSPEC: before room version 11 this would take the room's version from it, and with it the room.
            throw MatrixException.Forbidden("The creation of a room cannot be redacted.");
        }

        if (!EventAuthorizer.CanRedact(room.Version!, room, redaction.Sender, target.Sender))
        {
            throw MatrixException.Forbidden("You do not have permission to redact this event.");
        }

        if (ownOnly && target.Sender != redaction.Sender)
        {
            throw MatrixException.Suspended();
        }

        return target.RedactedBecause is null ? target : null;
    }

    private static EventRow ToRow(RoomEvent roomEvent, RoomVersion version, StreamPosition? redactedBy) => new()
    {
        Position = roomEvent.Position,
        RoomId = roomEvent.Pdu.RoomId,
        EventId = roomEvent.EventId,
        RoomVersion = version.Id,
        Sender = roomEvent.Sender,
        OriginServerTs = roomEvent.Pdu.OriginServerTs,
        Json = roomEvent.Pdu.Json.ToArray(),
        DeviceId = roomEvent.DeviceId,
        TransactionId = roomEvent.TransactionId,
        RedactedBy = redactedBy,
        Replaces = roomEvent.Replaces,
        ThreadRoot = roomEvent.ThreadRoot,
        MemberCount = roomEvent.MemberCount,
        MayNotifyRoom = roomEvent.MayNotifyRoom,
    };

    private static StateRow ToStateRow(RoomEvent roomEvent, StreamPosition until) => new()
    {
        RoomId = roomEvent.Pdu.RoomId,
        Type = roomEvent.Type,
        StateKey = roomEvent.StateKey!,
        From = roomEvent.Position,
        Until = until,
        Membership = roomEvent.Pdu.Membership,
    };
}
