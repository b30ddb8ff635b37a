using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.Authorization;
using Matrix.Realtime.Rooms.Events;
using Matrix.Realtime.Rooms.Versions;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.Rooms.State;

/// <summary>A room as of one position: its state, its members, its latest events.</summary>
internal sealed record RoomState : LiveSnapshot, IRoomStateView
{
    /// <summary>How many of the latest events are held.</summary>
    public const int MaxRecent = 64;

    private const int MaxEldest = 6;

    private static readonly StringComparer Ordinal = StringComparer.Ordinal;

    /// <summary>Null until somebody asks, and after a change that leaves open who comes next.</summary>
    private RoomEvent[]? _eldest;

    public required RoomId RoomId { get; init; }

    /// <summary>Null when there is no such room.</summary>
    public RoomVersion? Version { get; init; }

    /// <summary>State other than members.</summary>
    public ImmutableDictionary<(string Type, string StateKey), RoomEvent> State { get; init; } =
        [];

    /// <summary>The <c>m.room.member</c> events, by state key.</summary>
    public ImmutableDictionary<string, RoomEvent> Members { get; init; } =
        ImmutableDictionary.Create<string, RoomEvent>(Ordinal);

    /// <summary>The latest events, the oldest first.</summary>
    public ImmutableArray<RecentEvent> Recent { get; init; } = [];

    /// <summary>Whether <see cref="Recent"/> goes back to the creation of the room.</summary>
    public bool RecentIsWhole { get; init; } = true;

    /// <summary>History visibility over time, the oldest first.</summary>
    public ImmutableArray<VisibilityPeriod> Visibilities { get; init; } = [];

    public int JoinedCount { get; init; }

    public int InvitedCount { get; init; }

    public override int Weight => 1 + State.Count + Members.Count + Recent.Length;

    [MemberNotNullWhen(true, nameof(Version))]
    public bool Exists => Version is not null;

    public IEnumerable<RoomEvent> AllState => State.Values.Concat(Members.Values);

    /// <summary>
    /// The member events of the first six who are joined or invited, the oldest first. All members are looked at once,
    /// and again only after one of the six has changed.
    /// </summary>
    public IReadOnlyList<RoomEvent> Eldest =>
        _eldest ??= [.. Members.Values.Where(IsPresent).OrderBy(member => member.Position).Take(MaxEldest)];

    public RoomEvent? FindEvent(string type, string stateKey) =>
        type == EventTypes.Member ? Members.GetValueOrDefault(stateKey) : State.GetValueOrDefault((type, stateKey));

    public Pdu? Find(string type, string stateKey) => FindEvent(type, stateKey)?.Pdu;

    /// <summary>One of the latest events.</summary>
    public RoomEvent? FindRecent(EventId eventId)
    {
        foreach (var recent in Recent)
        {
            if (recent.Event.EventId == eventId)
            {
                return recent.Event;
            }
        }

        return null;
    }

    /// <summary>Whether all events after the position are among <see cref="Recent"/>.</summary>
    public bool RecentReachesBackTo(StreamPosition position) =>
        RecentIsWhole || Recent[0].Event.Position.Previous <= position;

    /// <summary>The state as of a position that <see cref="Recent"/> reaches back to.</summary>
    public IEnumerable<RoomEvent> StateAt(StreamPosition position)
    {
        var replaced = ReplacedAfter(position);
        return replaced.Count == 0
            ? AllState
            : AllState.Where(state => !replaced.ContainsKey((state.Type, state.StateKey!)))
                .Concat(replaced.Values.OfType<RoomEvent>());
    }

    /// <summary>The same with no members but those named; costs nothing for all others.</summary>
    public IEnumerable<RoomEvent> StateAt(StreamPosition position, IReadOnlySet<string> members)
    {
        var replaced = ReplacedAfter(position);
        return State.Values
            .Concat(members.Select(Members.GetValueOrDefault).OfType<RoomEvent>())
            .Where(state => !replaced.ContainsKey((state.Type, state.StateKey!)))
            .Concat(replaced.Values.OfType<RoomEvent>()
                .Where(state => state.Type != EventTypes.Member || members.Contains(state.StateKey!)));
    }

    /// <summary>One key of the state as of a position that <see cref="Recent"/> reaches back to.</summary>
    public RoomEvent? FindEventAt(StreamPosition position, string type, string stateKey) =>
        ReplacedAfter(position).TryGetValue((type, stateKey), out var replaced) ? replaced : FindEvent(type, stateKey);

    /// <summary>
    /// The state events after one position up to another that still held then; <see cref="Recent"/> must reach back to
    /// the first.
    /// </summary>
    public IEnumerable<RoomEvent> StateChanges(StreamPosition after, StreamPosition through)
    {
        var changes = new Dictionary<(string Type, string StateKey), RoomEvent>();
        foreach (var (changed, _) in Recent)
        {
            if (changed.StateKey is { } stateKey && changed.Position > after && changed.Position <= through)
            {
                changes[(changed.Type, stateKey)] = changed;
            }
        }

        return changes.Values;
    }

    public string MembershipOf(UserId userId) =>
        Members.GetValueOrDefault(userId.Value)?.Pdu.Membership ?? Memberships.Leave;

    /// <summary>How many members are joined once the event is there.</summary>
    public int JoinedCountAfter(Pdu pdu) =>
        pdu.Membership is { } now ? JoinedCount + Step(pdu.StateKey!, now, Memberships.Join) : JoinedCount;

    /// <summary>The room after one more event.</summary>
    public RoomState After(RoomEventChange change)
    {
        var added = change.Event;
        var recent = new RecentEvent(added, added.StateKey is { } stateKey ? FindEvent(added.Type, stateKey) : null);
        var room = this with
        {
            Position = change.Position,
            Used = true,
            Version = change.Version,
            Recent = Recent.Length < MaxRecent ? Recent.Add(recent) : [.. Recent.AsSpan()[1..], recent],
            RecentIsWhole = RecentIsWhole && Recent.Length < MaxRecent,
        };
        if (change is { Redacts: { } target, Redacted: { } redacted })
        {
            room = room.Replace(target, redacted, added);
        }

        return added.StateKey is null ? room
            : added.Type == EventTypes.Member ? room.WithMember(added)
            : room.WithState(added);
    }

    /// <summary>What state changed after the position, and what it was there.</summary>
    private Dictionary<(string Type, string StateKey), RoomEvent?> ReplacedAfter(StreamPosition position)
    {
        Dictionary<(string Type, string StateKey), RoomEvent?> replaced = [];
        for (var i = Recent.Length - 1; i >= 0 && Recent[i].Event.Position > position; i--)
        {
            if (Recent[i].Event is { StateKey: { } stateKey } later)
            {
                replaced[(later.Type, stateKey)] = Recent[i].Replaced;
            }
        }

        return replaced;
    }

    private RoomState WithState(RoomEvent added) => this with
    {
        State = State.SetItem((added.Type, added.StateKey!), added),
        Visibilities = added.Type == EventTypes.HistoryVisibility && added.StateKey == string.Empty
            ? Visibilities.Add(new(added.Position, HistoryVisibilities.Of(added.Content)))
            : Visibilities,
    };

    private RoomState WithMember(RoomEvent added) => this with
    {
        Members = Members.SetItem(added.StateKey!, added),
        JoinedCount = JoinedCount + Step(added.StateKey!, added.Pdu.Membership, Memberships.Join),
        InvitedCount = InvitedCount + Step(added.StateKey!, added.Pdu.Membership, Memberships.Invite),
        _eldest = EldestAfter(added),
    };

    /// <summary>Who comes or changes is the youngest then.</summary>
    private RoomEvent[]? EldestAfter(RoomEvent added) =>
        _eldest is null || _eldest.Any(member => member.StateKey == added.StateKey) ? null
            : _eldest.Length < MaxEldest && IsPresent(added) ? [.. _eldest, added]
            : _eldest;

    private static bool IsPresent(RoomEvent member) => member.Pdu.Membership is Memberships.Join or Memberships.Invite;

    private int Step(string stateKey, string? now, string counted) =>
        (now == counted ? 1 : 0) - (Members.GetValueOrDefault(stateKey)?.Pdu.Membership == counted ? 1 : 0);

    private RoomState Replace(RoomEvent target, Pdu redacted, RoomEvent because)
    {
        var recent = Recent.Select(held => new RecentEvent(
            held.Event.AfterRedaction(target, redacted, because),
            held.Replaced?.AfterRedaction(target, redacted, because)));
        var room = this with { Recent = [.. recent] };

        // A redaction is never state, but what it redacted may be, and shows the redaction.
        var state = target.Type == EventTypes.Redaction ? AllState.Where(held => held.RedactedBecause is not null).ToList()
            : target.StateKey is { } stateKey && FindEvent(target.Type, stateKey) is { } found ? [found]
            : [];
        return state.Aggregate(room, (after, held) => after.WithSame(held.AfterRedaction(target, redacted, because)));
    }

    /// <summary>The room with another view of a state event that it holds.</summary>
    private RoomState WithSame(RoomEvent held) => held.Type == EventTypes.Member
        ? this with { Members = Members.SetItem(held.StateKey!, held), _eldest = null }
        : this with { State = State.SetItem((held.Type, held.StateKey!), held) };
}
