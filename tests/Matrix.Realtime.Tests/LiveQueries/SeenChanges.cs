using Matrix.Realtime.Identifiers;
using Matrix.Realtime.LiveQueries;
using Matrix.Realtime.Presence;

namespace Matrix.Realtime.Tests.LiveQueries;

/// <summary>What a reader has been told: every event in order, and of all else the latest per key.</summary>
internal sealed class SeenChanges
{
    /// <summary>The ids of events, in the order in which they came.</summary>
    public List<string> Events { get; } = [];

    /// <summary>The latest values, by their keys.</summary>
    public Dictionary<string, string> Latest { get; } = [];

    public StreamPosition Position { get; private set; } = StreamPosition.Zero;

    public void Add(LiveChange change)
    {
        Assert.True(change.Position > Position, $"{change} came after {Position}.");
        Position = change.Position;
        Keep(change);
    }

    /// <summary>A value of a snapshot, after which others follow.</summary>
    public void AddPresent(LiveChange change)
    {
        Assert.IsNotAssignableFrom<LiveEvent>(change);
        Keep(change);
    }

    public void SetTyping(RoomId room, UserId user, bool isTyping) => Set($"{room} {user}", isTyping ? "types" : null);

    public void SetReceipt(RoomId room, UserId user, string type, string? threadId, EventId eventId) =>
        Set($"{room} {user} {type} {threadId}", eventId.Value);

    public void SetAccountData(UserId user, RoomId? room, string type, string? content) =>
        Set($"{user} {room} {type}", content);

    public void SetPresence(UserId user, PresenceState state, string? statusMessage) =>
        Set($"{user}", $"{state} {statusMessage}");

    private void Keep(LiveChange change)
    {
        switch (change)
        {
            case LiveEvent added:
                Events.Add(added.EventId.Value);
                break;
            case LiveTyping typing:
                SetTyping(typing.RoomId, typing.UserId, typing.IsTyping);
                break;
            case LiveReceipt moved:
                SetReceipt(moved.RoomId, moved.UserId, moved.ReceiptType, moved.ThreadId, moved.EventId);
                break;
            case LiveAccountData written:
                SetAccountData(
                    written.UserId, written.RoomId, written.Type, written.IsDeleted ? null : written.Content.GetRawText());
                break;
            case LivePresence seen:
                SetPresence(seen.UserId, seen.State, seen.StatusMessage);
                break;
        }
    }

    private void Set(string key, string? value)
    {
        if (value is null)
        {
            Latest.Remove(key);
        }
        else
        {
            Latest[key] = value;
        }
    }
}
