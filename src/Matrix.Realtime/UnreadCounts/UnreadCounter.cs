using Matrix.Realtime.AccountData;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.Events;
using Matrix.Realtime.Rooms.State;
using Matrix.Realtime.Streams;
using Microsoft.Extensions.Caching.Memory;

namespace Matrix.Realtime.UnreadCounts;

/// <summary>
/// Counts what is unread. Nothing is stored: a count follows from the events, the reader's receipts and their push
/// rules. It is remembered with the position that it holds at, so that the next one looks only at what came since.
/// </summary>
internal sealed class UnreadCounter(UnreadReaders readers, UnreadEventStore store, SharedEvaluation evaluation)
    : IDisposable
{
    private const int MaxRemembered = 100_000;

    private static readonly MemoryCacheEntryOptions One = new() { Size = 1 };

    private readonly MemoryCache _remembered = new(new MemoryCacheOptions { SizeLimit = MaxRemembered });

    /// <summary>What is unread for a joined member as of a view.</summary>
    public async ValueTask<UnreadTally> CountAsync(
        LiveView view,
        RoomState room,
        UserRoom membership,
        AccountDataState accountData,
        CancellationToken cancellationToken) =>
        (await RecallAsync(view, room, membership, accountData, cancellationToken)).Tally;

    /// <summary>
    /// Whether a member's count is, or may be, another one because they have changed their rules or whom they ignore
    /// after a position.
    /// </summary>
    public async ValueTask<bool> IsSetAfterAsync(
        StreamPosition position,
        LiveView view,
        RoomState room,
        UserRoom membership,
        AccountDataState accountData,
        CancellationToken cancellationToken) =>
        (await RecallAsync(view, room, membership, accountData, cancellationToken)).SetAt > position;

    public void Dispose() => _remembered.Dispose();

    private async ValueTask<RememberedTally> RecallAsync(
        LiveView view,
        RoomState room,
        UserRoom membership,
        AccountDataState accountData,
        CancellationToken cancellationToken)
    {
        var reader = await readers.CreateAsync(view, room, membership, accountData, cancellationToken);
        var key = (reader.UserId, room.RoomId);
        var known = _remembered.Get<RememberedTally>(key);
        var continued = known?.IsContinuedBy(reader) == true;
        var tally = continued
            ? await ContinueAsync(reader, known!, cancellationToken)
            : await CountFromReceiptsAsync(reader, cancellationToken);
        var isAsBefore = continued || reader.HasReadAll || known?.Tally.IsSameAs(tally) == true;
        var setAt = isAsBefore ? known?.SetAt ?? StreamPosition.Zero : reader.SetAt;
        var current = RememberedTally.Of(reader, tally, setAt);
        if (known is null || known.IsOutdatedBy(current, room.Position))
        {
            _remembered.Set(key, current, One);
        }

        return current;
    }

    private static bool TryReadLive(
        UnreadReader reader, StreamPosition after, StreamPosition through, out IEnumerable<RoomEvent> live)
    {
        live = reader.Room.Recent.Select(recent => recent.Event)
            .SkipWhile(recent => recent.Position <= after).TakeWhile(recent => recent.Position <= through);
        return reader.Room.RecentReachesBackTo(after);
    }

    private async ValueTask<UnreadTally> CountFromReceiptsAsync(UnreadReader reader, CancellationToken cancellationToken)
    {
        var (main, threads) = (reader.ReadUpTo(threadRoot: null), reader.ThreadsReadUpTo);
        var fold = await StartAsync(reader, StreamPosition.Min(main, threads), UnreadTally.Zero, cancellationToken);
        if (TryReadLive(reader, StreamPosition.Min(main, threads), reader.At, out var live))
        {
            AddAll(fold, live);
            return fold.Tally;
        }

        await AddCategoryAsync(fold, reader, threadRoot: null, main, reader.At, cancellationToken);
        await fold.AddAsync(store.ReadThreadsAsync(reader, threads, reader.At, cancellationToken));
        return fold.Tally;
    }

    private async ValueTask<UnreadTally> ContinueAsync(
        UnreadReader reader, RememberedTally known, CancellationToken cancellationToken)
    {
        var readOn = known.ReadOnIn(reader).ToList();
        var kept = readOn.Aggregate(known.Tally, (tally, threadRoot) => tally.Clear(threadRoot));
        if (readOn.Count == 0 && known.At >= reader.Room.Position)
        {
            return kept;
        }

        var from = readOn.Select(reader.ReadUpTo).Append(known.At).Min();
        var fold = await StartAsync(reader, from, kept, cancellationToken);
        foreach (var threadRoot in readOn)
        {
            var readUpTo = reader.ReadUpTo(threadRoot);
            await AddCategoryAsync(fold, reader, threadRoot, readUpTo, known.At, cancellationToken);
        }

        var since = TryReadLive(reader, known.At, reader.At, out var live)
            ? live.ToAsyncEnumerable()
            : store.ReadAsync(reader, known.At, reader.At, cancellationToken);
        return await TryAddAsync(fold, since, hasCounted: !kept.IsZero)
            ? fold.Tally
            : await CountFromReceiptsAsync(reader, cancellationToken);
    }

    /// <summary>Adds events; gives up where something that was counted may count no more.</summary>
    private static async ValueTask<bool> TryAddAsync(
        UnreadFold fold, IAsyncEnumerable<RoomEvent> roomEvents, bool hasCounted)
    {
        await foreach (var roomEvent in roomEvents)
        {
            if (hasCounted && roomEvent.Type == EventTypes.Redaction)
            {
                return false;
            }

            fold.Add(roomEvent);
        }

        return true;
    }

    private async ValueTask<UnreadFold> StartAsync(
        UnreadReader reader, StreamPosition after, UnreadTally tally, CancellationToken cancellationToken) =>
        new(reader, await readers.GetNamesAsync(reader, after, cancellationToken), evaluation, tally);

    private async ValueTask AddCategoryAsync(
        UnreadFold fold,
        UnreadReader reader,
        EventId? threadRoot,
        StreamPosition after,
        StreamPosition through,
        CancellationToken cancellationToken)
    {
        if (after >= through)
        {
            return;
        }

        if (TryReadLive(reader, after, through, out var live))
        {
            AddAll(fold, live.Where(roomEvent => roomEvent.ThreadRoot == threadRoot));
            return;
        }

        await fold.AddAsync(store.ReadCategoryAsync(reader, threadRoot, after, through, cancellationToken));
    }

    private static void AddAll(UnreadFold fold, IEnumerable<RoomEvent> roomEvents)
    {
        foreach (var roomEvent in roomEvents)
        {
            fold.Add(roomEvent);
        }
    }
}
