using System.Collections.Immutable;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.Events;
using Matrix.Realtime.Storage;
using Matrix.Realtime.Streams;
using Microsoft.EntityFrameworkCore;

namespace Matrix.Realtime.Rooms.State;

/// <summary>Live rooms.</summary>
internal sealed class RoomTable : LiveTable<RoomId, RoomState>
{
    /// <summary>Events held over all rooms, at a kilobyte or two each.</summary>
    public override int Capacity => 250_000;

    public override bool IsHistorical => true;

    protected internal override async Task<RoomState> LoadAsync(
        MatrixDbContext database, RoomId key, StreamPosition at, CancellationToken cancellationToken)
    {
        var recent = await RoomEventQueries.ReadAsync(
            database, key, new(StreamPosition.Zero, at), backwards: true, RoomState.MaxRecent + 1, cancellationToken);
        if (recent.Count == 0)
        {
            return new RoomState { RoomId = key, Position = StreamPosition.Zero };
        }

        recent.Reverse();
        var state = await RoomEventQueries.ReadStateAsync(database, key, at, which: null, cancellationToken);
        var members = state.Where(stateEvent => stateEvent.Type == EventTypes.Member).ToList();
        var create = state.First(stateEvent => stateEvent.Type == EventTypes.Create);
        return new RoomState
        {
            RoomId = key,
            Position = recent[^1].Position,
            Version = Versions.RoomVersion.Require(create.Content.String("room_version")),
            State = state.Where(stateEvent => stateEvent.Type != EventTypes.Member)
                .ToImmutableDictionary(stateEvent => (stateEvent.Type, stateEvent.StateKey!)),
            Members = members.ToImmutableDictionary(member => member.StateKey!, StringComparer.Ordinal),
            Recent = await WithReplacedAsync(
                database, key, [.. recent.TakeLast(RoomState.MaxRecent)], at, cancellationToken),
            RecentIsWhole = recent.Count <= RoomState.MaxRecent,
            Visibilities = await ReadVisibilitiesAsync(database, key, at, cancellationToken),
            JoinedCount = members.Count(member => member.Pdu.Membership == Memberships.Join),
            InvitedCount = members.Count(member => member.Pdu.Membership == Memberships.Invite),
        };
    }

    protected internal override bool TryGetKey(StreamChange change, out RoomId key)
    {
        key = change is RoomEventChange { RoomId: { } roomId } ? roomId : default;
        return key != default;
    }

    protected override RoomState Apply(RoomState snapshot, StreamChange change) =>
        snapshot.After((RoomEventChange)change);

    private static async Task<ImmutableArray<RecentEvent>> WithReplacedAsync(
        MatrixDbContext database,
        RoomId roomId,
        IReadOnlyList<RoomEvent> recent,
        StreamPosition at,
        CancellationToken cancellationToken)
    {
        var replaced = await RoomEventQueries.ReadReplacedAsync(
            database, roomId, recent[0].Position, at, cancellationToken);
        return [.. recent.Select(roomEvent => new RecentEvent(roomEvent, replaced.GetValueOrDefault(roomEvent.Position)))];
    }

    private static async Task<ImmutableArray<VisibilityPeriod>> ReadVisibilitiesAsync(
        MatrixDbContext database, RoomId roomId, StreamPosition at, CancellationToken cancellationToken)
    {
        var rows = await database.Set<StateRow>().AsNoTracking()
            .Where(row => row.RoomId == roomId && row.Type == EventTypes.HistoryVisibility && row.StateKey == ""
                && row.From <= at)
            .OrderBy(row => row.From)
            .Join(database.Set<EventRow>(), row => row.From, row => row.Position, (_, row) => row)
            .ToListAsync(cancellationToken);
        return [.. rows.OrderBy(row => row.Position).Select(row =>
            new VisibilityPeriod(row.Position, HistoryVisibilities.Of(row.ToPdu().Content)))];
    }
}
