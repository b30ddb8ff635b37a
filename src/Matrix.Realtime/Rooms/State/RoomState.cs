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

    private static readonly StringComparer Ordinal = StringComparer.Ordinal;

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
    public ImmutableArray<RoomEvent> Recent { get; init; } = [];

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

    public RoomEvent? FindEvent(string type, string stateKey) =>
        type == EventTypes.Member ? Members.GetValueOrDefault(stateKey) : State.GetValueOrDefault((type, stateKey));

    public Pdu? Find(string type, string stateKey) => FindEvent(type, stateKey)?.Pdu;

    public string MembershipOf(UserId userId) =>
        Members.GetValueOrDefault(userId.Value)?.Pdu.Membership ?? Memberships.Leave;

    /// <summary>The room after one more event.</summary>
    public RoomState After(RoomEventChange change)
    {
        var added = change.Event;
        var room = this with
        {
            Position = change.Position,
            Used = true,
            Version = change.Version,
            Recent = Recent.Length < MaxRecent ? Recent.Add(added) : [.. Recent.AsSpan()[1..], added],
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

    private RoomState WithState(RoomEvent added) => this with
    {
        State = State.SetItem((added.Type, added.StateKey!), added),
        Visibilities = added.Type == EventTypes.HistoryVisibility && added.StateKey == string.Empty
            ? Visibilities.Add(new(added.Position, HistoryVisibilities.Of(added.Content)))
            : Visibilities,
    };

    private RoomState WithMember(RoomEvent added)
    {
        var before = Members.GetValueOrDefault(added.StateKey!)?.Pdu.Membership;
        var now = added.Pdu.Membership;
        return this with
        {
            Members = Members.SetItem(added.StateKey!, added),
            JoinedCount = JoinedCount + Step(before, now, Memberships.Join),
            InvitedCount = InvitedCount + Step(before, now, Memberships.Invite),
        };

        static int Step(string? before, string? now, string counted) =>
            (now == counted ? 1 : 0) - (before == counted ? 1 : 0);
    }

    private RoomState Replace(RoomEvent target, Pdu redacted, RoomEvent because)
    {
        var replacement = new RoomEvent
        {
            Position = target.Position,
            Pdu = redacted,
            DeviceId = target.DeviceId,
            TransactionId = target.TransactionId,
            RedactedBecause = because,
        };
        var room = this;
        for (var i = 0; i < room.Recent.Length; i++)
        {
            if (room.Recent[i].Position == target.Position)
            {
                room = room with { Recent = room.Recent.SetItem(i, replacement) };
            }
        }

        if (target.StateKey is null || FindEvent(target.Type, target.StateKey)?.Position != target.Position)
        {
            return room;
        }

        return target.Type == EventTypes.Member
            ? room with { Members = room.Members.SetItem(target.StateKey, replacement) }
            : room with { State = room.State.SetItem((target.Type, target.StateKey), replacement) };
    }
}
