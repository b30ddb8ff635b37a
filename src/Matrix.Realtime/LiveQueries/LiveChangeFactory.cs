using System.Text.Json;
using Matrix.Realtime.AccountData;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Presence;
using Matrix.Realtime.PushRules;
using Matrix.Realtime.ReadMarkers;
using Matrix.Realtime.Receipts;
using Matrix.Realtime.Rooms.State;
using Matrix.Realtime.Streams;
using Matrix.Realtime.Typing;

namespace Matrix.Realtime.LiveQueries;

/// <summary>Makes of the stream's own changes those that watchers get.</summary>
internal sealed class LiveChangeFactory(DefaultPushRules defaultPushRules, PresenceReader presence)
{
    private static readonly JsonElement Nothing = JsonElement.Parse("{}"u8);

    public LiveChange Create(StreamChange change) => change switch
    {
        RoomEventChange { UserId: { } member } added => CreateMembership(added, member),
        RoomEventChange added => CreateEvent(added),
        TypingChange typing => new LiveTyping
        {
            Position = change.Position,
            UserId = typing.Typist,
            RoomId = typing.RoomId!.Value,
            IsTyping = typing.IsTyping,
        },
        ReceiptChange moved => CreateReceipt(moved),
        AccountDataChange written => CreateAccountData(written),
        PushRulesChange changed => new LiveAccountData
        {
            Position = change.Position,
            UserId = changed.Owner,
            Type = AccountDataTypes.PushRules,
            Content = JsonElement.Parse(
                new UserPushRules(defaultPushRules, changed.Owner, changed.Changes, changed.Position).Content),
        },
        PresenceChange seen => CreatePresence(seen),
        _ => throw new ArgumentException($"Nobody is told of a {change.GetType().Name}.", nameof(change)),
    };

    private static LiveEvent CreateEvent(RoomEventChange added) => new()
    {
        Position = added.Position,
        UserId = added.Pdu.Sender,
        RoomId = added.Pdu.RoomId,
        EventId = added.Pdu.EventId,
        Type = added.Pdu.Type,
        StateKey = added.Pdu.StateKey,
        Content = added.Pdu.Content,
        OriginServerTs = DateTimeOffset.FromUnixTimeMilliseconds(added.Pdu.OriginServerTs),
        Redacts = added.Pdu.Redacts,
    };

    private static LiveMembership CreateMembership(RoomEventChange added, UserId member) => new()
    {
        Position = added.Position,
        UserId = added.Pdu.Sender,
        RoomId = added.Pdu.RoomId,
        EventId = added.Pdu.EventId,
        Type = added.Pdu.Type,
        StateKey = added.Pdu.StateKey,
        Content = added.Pdu.Content,
        OriginServerTs = DateTimeOffset.FromUnixTimeMilliseconds(added.Pdu.OriginServerTs),
        Member = member,
        Membership = added.Pdu.Membership!,
    };

    private static LiveReceipt CreateReceipt(ReceiptChange moved) => new()
    {
        Position = moved.Position,
        UserId = moved.Reader,
        RoomId = moved.RoomId!.Value,
        EventId = moved.Receipt.EventId,
        ReceiptType = moved.Receipt.Key.Type,
        ThreadId = moved.Receipt.Key.Category == ReceiptCategories.Unthreaded ? null : moved.Receipt.Key.Category,
        Ts = DateTimeOffset.FromUnixTimeMilliseconds(moved.Receipt.Ts),
        IsPrivate = moved.IsPrivate,
    };

    private static LiveAccountData CreateAccountData(AccountDataChange written) =>
        written is { RoomId: { } roomId, Type: AccountDataTypes.FullyRead }
        && FullyReadContent.Parse(written.Content) is { } eventId
            ? new LiveReadMarker
            {
                Position = written.Position,
                UserId = written.Owner,
                RoomId = roomId,
                Type = written.Type,
                Content = JsonElement.Parse(written.Content),
                EventId = eventId,
            }
            : new LiveAccountData
            {
                Position = written.Position,
                UserId = written.Owner,
                RoomId = written.RoomId,
                Type = written.Type,
                Content = written.IsDeletion ? Nothing : JsonElement.Parse(written.Content),
                IsDeleted = written.IsDeletion,
            };

    private LivePresence CreatePresence(PresenceChange seen)
    {
        var told = presence.ToEvent(seen.Presence);
        return new LivePresence
        {
            Position = seen.Position,
            UserId = seen.Presence.UserId,
            State = seen.Presence.State,
            StatusMessage = seen.Presence.StatusMessage,
            CurrentlyActive = told.IsActive,
            LastActiveAgo = told.LastActiveAgo is { } ago ? TimeSpan.FromMilliseconds(ago) : null,
        };
    }
}
