using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;

namespace Matrix.Realtime.Rooms.State;

/// <summary>
/// Finds where events stand. An event never moves, and many name the same one: all readers of a message do.
/// </summary>
internal sealed class EventPlaces(IDbContextFactory<MatrixDbContext> databases) : IDisposable
{
    private const int MaxRemembered = 50_000;

    private static readonly MemoryCacheEntryOptions One = new() { Size = 1 };

    private readonly MemoryCache _remembered = new(new MemoryCacheOptions { SizeLimit = MaxRemembered });

    /// <summary>The place of an event; null when there is no such event in the room.</summary>
    public ValueTask<EventPlace?> FindAsync(RoomId roomId, EventId eventId, CancellationToken cancellationToken) =>
        _remembered.TryGetValue((roomId, eventId), out EventPlace? place)
            ? ValueTask.FromResult(place)
            : new(ReadAsync(roomId, eventId, cancellationToken));

    public void Dispose() => _remembered.Dispose();

    private async Task<EventPlace?> ReadAsync(RoomId roomId, EventId eventId, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var place = await RoomEventQueries.FindPlaceAsync(database, roomId, eventId, cancellationToken);
        return place is null ? null : _remembered.Set((roomId, eventId), place, One);
    }
}
