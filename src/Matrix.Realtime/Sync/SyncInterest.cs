using Matrix.Realtime.AccountData;
using Matrix.Realtime.Filters;
using Matrix.Realtime.Http;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Presence;
using Matrix.Realtime.PushRules;
using Matrix.Realtime.Receipts;
using Matrix.Realtime.Rooms.Events;
using Matrix.Realtime.Rooms.State;
using Matrix.Realtime.Streams;
using Matrix.Realtime.ToDevice;
using Matrix.Realtime.Typing;

namespace Matrix.Realtime.Sync;

/// <summary>
/// What a waiting sync is woken for: the kinds of change that its filter lets through, unless they are hidden because
/// of who made them.
/// </summary>
/// <param name="requester">Who syncs.</param>
/// <param name="filter">What the request wants.</param>
/// <param name="ignores">Whether the user ignores somebody now: asked anew for each change, as that may have changed
/// since the wait began.</param>
internal sealed class SyncInterest(Requester requester, SyncFilter filter, Func<UserId, bool> ignores) : IChangeInterest
{
    public bool Wants(StreamChange change) => KeyNews.Concerns(change, requester) || IsAllowed(change);

    private bool IsAllowed(StreamChange change) =>
        (change.RoomId is not { } roomId || filter.Room.Allows(roomId))
        && change switch
        {
            RoomEventChange added => WantsEvent(added),
            TypingChange typing =>
                filter.Room.Ephemeral.AllowsEphemeral(typing.RoomId!.Value, TypingEvent.Type)
                && !ignores(typing.Typist),
            ReceiptChange receipt => receipt.Reader == requester.UserId
                || (filter.Room.Ephemeral.AllowsEphemeral(receipt.RoomId!.Value, ReceiptEvent.Type)
                    && !ignores(receipt.Reader)),
            AccountDataChange { RoomId: { } room } written =>
                filter.Room.AccountData.AllowsRoom(room) && filter.Room.AccountData.AllowsAny(written.Type),
            AccountDataChange written =>
                written.Type == AccountDataTypes.IgnoredUserList || filter.AccountData.AllowsAny(written.Type),
            PresenceChange seen =>
                filter.Presence.AllowsAny(PresenceEvent.Type)
                && filter.Presence.Senders.Allows(seen.Presence.UserId)
                && !ignores(seen.Presence.UserId),

            // Whatever the filter says of them, counts depend on them.
            PushRulesChange => true,
            ToDeviceChange sent => sent.Recipient == requester.Device,
            _ => false,
        };

    private bool WantsEvent(RoomEventChange added)
    {
        var pdu = added.Pdu;
        if (pdu.StateKey is null && ignores(pdu.Sender))
        {
            // Not told itself, but what it redacts counts no more.
            return pdu.Type == EventTypes.Redaction;
        }

        // One's own membership moves the room to another section, whatever the filter says of events; and it has no say
        // in the summary.
        return added.UserId == requester.UserId
            || RoomSummary.DependsOn(pdu.Type, pdu.StateKey)
            || Allows(filter.Room.Timeline, pdu.RoomId, pdu.Type, pdu.Sender)
            || (pdu.StateKey is not null && Allows(filter.Room.State, pdu.RoomId, pdu.Type, pdu.Sender));
    }

    private static bool Allows(RoomEventFilter section, RoomId roomId, string type, UserId sender) =>
        section.AllowsRoom(roomId) && section.Allows(type, sender);
}
