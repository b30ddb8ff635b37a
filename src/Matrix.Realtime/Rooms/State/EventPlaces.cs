using System.Collections.Concurrent;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;

namespace Matrix.Realtime.Rooms.State;

/// <summary>
/// Finds where events stand. An event never moves, and many name the same one, often at once: all readers of a message
/// do. Who reads an old one mostly reads on, so what follows it is remembered as well.
/// </summary>
internal sealed class EventPlaces(IDbContextFactory<MatrixDbContext> databases) : IDisposable
{
    private const int MaxRemembered = 50_000;

    /// <summary>How many places are read at a time.</summary>
    private const int ReadTogether = 64;

    private static readonly MemoryCacheEntryOptions One = new() { Size = 1 };

    private readonly MemoryCache _remembered = new(new MemoryCacheOptions { SizeLimit = MaxRemembered });

    /// <summary>What is being read. A place is remembered before its read is taken out.</summary>
    private readonly ConcurrentDictionary<(RoomId RoomId, EventId EventId), Lazy<Task<EventPlace?>>> _reads = new();

    /// <summary>The place of an event; null when there is no such event in the room.</summary>
    public ValueTask<EventPlace?> FindAsync(RoomId roomId, EventId eventId, CancellationToken cancellationToken) =>
        _remembered.TryGetValue((roomId, eventId), out EventPlace? place)
            ? ValueTask.FromResult(place)
            : new(JoinAsync((roomId, eventId), cancellationToken));

    public void Dispose() => _remembered.Dispose();

    private async Task<EventPlace?> JoinAsync(
        (RoomId RoomId, EventId EventId) key, CancellationToken cancellationToken)
    {
        var own = new Lazy<Task<EventPlace?>>(() => ReadAsync(key));
        var joined = _reads.GetOrAdd(key, own);
        var place = await joined.Value.WaitAsync(cancellationToken);

        // A read that was under way before may have missed an event that is there by now.
        return place is null && joined != own ? await own.Value.WaitAsync(cancellationToken) : place;
    }

    private async Task<EventPlace?> ReadAsync((RoomId RoomId, EventId EventId) key)
    {
        try
        {
            if (_remembered.TryGetValue(key, out EventPlace? known))
            {
                return known;
            }

            await using var database = await databases.CreateDbContextAsync(CancellationToken.None);
            var places = await RoomEventQueries.ReadPlacesFromAsync(
                database, key.RoomId, key.EventId, ReadTogether, CancellationToken.None);
            foreach (var place in places)
            {
                _remembered.Set((key.RoomId, place.EventId), place, One);
            }

            return places.FirstOrDefault();
        }
        finally
        {
            _reads.TryRemove(key, out _);
        }
    }
}
