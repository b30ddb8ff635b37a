using Matrix.Realtime.AccountData;
using Matrix.Realtime.Filters;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.PushRules;
using Matrix.Realtime.Rooms.Events;
using Matrix.Realtime.Rooms.State;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.Sync;

/// <summary>Everything that is the same for all rooms of one attempt to answer a sync.</summary>
internal sealed record SyncContext
{
    private IReadOnlySet<UserId>? _reconsidered;
    private SentMembers? _told;

    public required SyncRequest Request { get; init; }

    /// <summary>Everything is read as of this view.</summary>
    public required LiveView View { get; init; }

    /// <summary>The position of <see cref="SyncRequest.Since"/>; zero for a first sync.</summary>
    public required StreamPosition Since { get; init; }

    public required UserRooms Rooms { get; init; }

    public required AccountDataState AccountData { get; init; }

    public required UserPushRules PushRules { get; init; }

    /// <summary>The members that the client has been told of with the answers before this one.</summary>
    public required SentMembers SentBefore { get; init; }

    /// <summary>The same with this answer.</summary>
    public SentMembers Sent => _told ?? SentBefore;

    public UserId UserId => Request.UserId;

    public RoomFilter Filter => Request.Filter.Room;

    /// <summary>Whether the client has nothing yet.</summary>
    public bool IsInitial => Request.Since is null;

    /// <summary>
    /// Those whom the recipient has begun or ceased to ignore since the client last synced: it may show of them what is
    /// to be hidden now, and the reverse.
    /// </summary>
    public IReadOnlySet<UserId> Reconsidered => _reconsidered ??=
        AccountData.IgnoredChangedAfter(IsInitial ? StreamPosition.Never : Since);

    /// <summary>When the recipient last changed something on which the counts of all their rooms depend.</summary>
    public StreamPosition SetAt => StreamPosition.Max(PushRules.Position, AccountData.IgnoredSetAt);

    /// <summary>Whether the client knows a member, who need not be told again.</summary>
    public bool HasBeenTold(RoomId roomId, string member) =>
        !Filter.State.IncludeRedundantMembers && SentBefore.Contains(roomId, member);

    /// <summary>Notes the members among events that the client is told; of a whole room, instead of those before.</summary>
    public void Tell(RoomId roomId, IEnumerable<RoomEvent> events, bool isWhole)
    {
        var members = events.Where(told => told.Type == EventTypes.Member).Select(told => told.StateKey).OfType<string>();
        _told = (isWhole ? Sent.Without(roomId) : Sent).With(roomId, members);
    }

    /// <summary>Whether an event is kept from the recipient because they ignore its sender.</summary>
    public bool IsIgnored(RoomEvent roomEvent) =>
        roomEvent.StateKey is null && IsIgnored(roomEvent.Sender, roomEvent.Position);

    /// <summary>
    /// Whether what the sender did at the position is kept from the recipient. A first sync looks at whom they ignore
    /// now only; later ones do not bring back what was sent while they did.
    /// </summary>
    public bool IsIgnored(UserId sender, StreamPosition position) =>
        IsInitial ? AccountData.Ignored.Now.Contains(sender) : AccountData.Ignored.Hides(sender, position);
}
