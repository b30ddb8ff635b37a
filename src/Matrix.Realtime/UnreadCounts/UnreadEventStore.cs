using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.Events;
using Matrix.Realtime.Rooms.State;
using Matrix.Realtime.Storage;
using Microsoft.EntityFrameworkCore;

namespace Matrix.Realtime.UnreadCounts;

/// <summary>Reads the events that may be unread, where live state does not reach back far enough.</summary>
internal sealed class UnreadEventStore(IDbContextFactory<MatrixDbContext> databases)
{
    /// <summary>What happened in the reader's room in (after, through], the oldest first.</summary>
    public IAsyncEnumerable<RoomEvent> ReadAsync(
        UnreadReader reader, StreamPosition after, StreamPosition through, CancellationToken cancellationToken) =>
        ReadAsync(reader, after, through, row => true, cancellationToken);

    /// <summary>What happened in a thread, or with null in the main timeline.</summary>
    public IAsyncEnumerable<RoomEvent> ReadCategoryAsync(
        UnreadReader reader,
        EventId? threadRoot,
        StreamPosition after,
        StreamPosition through,
        CancellationToken cancellationToken) =>
        ReadAsync(reader, after, through, row => row.ThreadRoot == threadRoot, cancellationToken);

    /// <summary>What happened in all threads.</summary>
    public IAsyncEnumerable<RoomEvent> ReadThreadsAsync(
        UnreadReader reader, StreamPosition after, StreamPosition through, CancellationToken cancellationToken) =>
        ReadAsync(reader, after, through, row => row.ThreadRoot != null, cancellationToken);

    /// <summary>What happened in some rooms up to a position, the newest first.</summary>
    public async Task<List<RoomEvent>> ReadBackwardsAsync(
        IReadOnlyCollection<RoomId> rooms, StreamPosition through, int limit, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var rows = await database.Set<EventRow>().AsNoTracking()
            .Where(row => rooms.Contains(row.RoomId) && row.Position <= through && row.RedactedBy == null)
            .OrderByDescending(row => row.Position).Take(limit).ToListAsync(cancellationToken);
        return [.. rows.Select(row => RoomEvent.From(row))];
    }

    /// <summary>Where the reader last sent something in a thread, or with null in the main timeline.</summary>
    public async Task<StreamPosition> FindLastSentAsync(
        UnreadReader reader, EventId? threadRoot, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var (roomId, userId, joinedAt, at) = (reader.Room.RoomId, reader.UserId, reader.JoinedAt, reader.At);
        var memberships = database.Set<StateRow>().Where(row => row.RoomId == roomId && row.Type == EventTypes.Member);
        return await database.Set<EventRow>().AsNoTracking()
            .Where(row => row.RoomId == roomId && row.Sender == userId && row.ThreadRoot == threadRoot)
            .Where(row => row.Position > joinedAt && row.Position <= at)
            .Where(row => !memberships.Any(member => member.From == row.Position))
            .OrderByDescending(row => row.Position)
            .Select(row => row.Position)
            .FirstOrDefaultAsync(cancellationToken);
    }

    // What is redacted counts no more, but the reader has sent what they sent.
    private async IAsyncEnumerable<RoomEvent> ReadAsync(
        UnreadReader reader,
        StreamPosition after,
        StreamPosition through,
        Expression<Func<EventRow, bool>> condition,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var (roomId, userId) = (reader.Room.RoomId, reader.UserId);
        var rows = database.Set<EventRow>().AsNoTracking()
            .Where(row => row.RoomId == roomId && row.Position > after && row.Position <= through)
            .Where(row => row.RedactedBy == null || row.Sender == userId)
            .Where(condition)
            .OrderBy(row => row.Position)
            .AsAsyncEnumerable();
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            yield return RoomEvent.From(row);
        }
    }
}
