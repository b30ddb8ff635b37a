using Matrix.Realtime.Http;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.Events;
using Matrix.Realtime.Rooms.Reading;
using Matrix.Realtime.Rooms.State;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.Relations;

/// <summary>
/// Aggregates what is said about events. Counts nothing that the recipient may not see, that somebody they ignore sent,
/// or that is redacted.
/// </summary>
/// <remarks>Reads the database at most twice for the events and twice for the last replies of their threads.</remarks>
internal sealed class EventRelations(RelationStore relations, RoomEventStore store, IIgnoredUsers ignoredUsers)
    : IEventRelations
{
    public async ValueTask<IReadOnlyDictionary<EventId, BundledRelations>> BundleAsync(
        LiveView view,
        Requester requester,
        VisibleRoom room,
        IReadOnlyCollection<RoomEvent> events,
        CancellationToken cancellationToken)
    {
        var ignored = await ignoredUsers.GetAsync(view, requester.UserId, cancellationToken);
        var bundles = await ReadAsync(events);
        var latest = bundles.Values.Select(bundle => bundle.Thread?.Latest).OfType<RoomEvent>()
            .Where(reply => !bundles.ContainsKey(reply.EventId)).ToList();
        foreach (var (eventId, bundle) in await ReadAsync(latest))
        {
            bundles.TryAdd(eventId, bundle);
        }

        return bundles;

        async ValueTask<Dictionary<EventId, BundledRelations>> ReadAsync(IReadOnlyCollection<RoomEvent> candidates)
        {
            var targets = candidates.Where(MayHaveBundle).ToList();
            var rows = await relations.ReadAsync(room.Room, targets, cancellationToken);
            List<Aggregate> aggregates =
            [
                .. targets.Where(target => rows.Contains(target.EventId)).Select(target => Aggregate.Of(
                    target,
                    rows[target.EventId].Where(row => room.CanSee(row.Position) && !ignored.Contains(row.Sender)))),
            ];
            var shown = await ReadShownAsync(room.Room, aggregates, cancellationToken);
            return aggregates
                .Select(aggregate => (aggregate.Target.EventId, Bundle: aggregate.ToBundle(requester.UserId, shown)))
                .Where(pair => !pair.Bundle.IsEmpty)
                .ToDictionary(pair => pair.EventId, pair => pair.Bundle);
        }
    }

    /// <summary>Nothing is bundled with state, nor with events that themselves change or annotate another.</summary>
    private static bool MayHaveBundle(RoomEvent candidate) =>
        candidate.StateKey is null
        && EventRelation.Of(candidate.Pdu)?.RelType is not (RelationTypes.Replacement or RelationTypes.Annotation);

    private async ValueTask<IReadOnlyDictionary<EventId, RoomEvent>> ReadShownAsync(
        RoomState room, List<Aggregate> aggregates, CancellationToken cancellationToken)
    {
        var rows = aggregates.SelectMany(aggregate => aggregate.Shown).ToList();
        var found = rows.Select(row => room.FindRecent(row.EventId)).OfType<RoomEvent>()
            .ToDictionary(recent => recent.EventId);
        var older = rows.Where(row => !found.ContainsKey(row.EventId)).Select(row => row.Position).ToList();
        foreach (var stored in await store.ReadAtAsync(older, cancellationToken))
        {
            found[stored.EventId] = stored;
        }

        return found;
    }
}
