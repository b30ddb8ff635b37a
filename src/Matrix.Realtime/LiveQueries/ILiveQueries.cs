using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.LiveQueries;

/// <summary>
/// Tells code in the host's process what changes on the server, while it changes. Add the homeserver with
/// <c>AddMatrixRealtime</c> and have this injected; all members can be called from any thread, any number of times, at
/// once.
/// </summary>
/// <remarks>
/// <para>
/// Every change has a <see cref="StreamPosition"/> in one order over all rooms, users and kinds. A watcher gets each
/// event that its query wants once and in that order. Of everything else (typing, receipts, account data, presence)
/// the latest value per key is what counts: a watcher that keeps up gets all values, one that falls behind at least the
/// latest, in order too.
/// </para>
/// <para>
/// A watcher asks for the next change when it is ready for it. One that is slow costs writers nothing and holds no more
/// than a page of changes; what it misses meanwhile it reads from the database.
/// </para>
/// </remarks>
public interface ILiveQueries
{
    /// <summary>
    /// The position of the latest change: watching from there yields what comes next. Waits until the server has
    /// started.
    /// </summary>
    /// <param name="cancellationToken">Gives the wait up.</param>
    Task<StreamPosition> GetPositionAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Yields every change that the query wants, and waits for more, until it is cancelled. For the host: no permission
    /// is asked, private receipts and everybody's account data are told.
    /// </summary>
    /// <param name="query">What is wanted.</param>
    /// <param name="from">
    /// The position up to which the caller has everything: that of the last change it got, that of
    /// <see cref="GetPositionAsync"/>, or <see cref="StreamPosition.Zero"/> for all that the server ever stored. One
    /// that is beyond the latest change is taken for that.
    /// </param>
    /// <param name="cancellationToken">Ends the watch.</param>
    /// <exception cref="OperationCanceledException">The watch was cancelled.</exception>
    IAsyncEnumerable<LiveChange> WatchAsync(
        LiveQuery query, StreamPosition from, CancellationToken cancellationToken = default);

    /// <summary>
    /// The same as the user may see it, by the rules of their <c>/sync</c>: what happens in the rooms they are in, up
    /// to where they left those they are in no longer, each event by the history visibility at it, nothing private of
    /// others, nothing of those they ignore but state, presence of those they share a room with.
    /// </summary>
    /// <remarks>
    /// Whether something may be seen is decided when it is read. What only becomes visible later is not brought back:
    /// to get the present values of a room that the user has just joined, take a
    /// <see cref="SnapshotAsync(UserId, LiveQuery, StreamPosition, CancellationToken)"/> of it.
    /// </remarks>
    /// <param name="userId">On whose behalf.</param>
    /// <param name="query">What is wanted.</param>
    /// <param name="from">The position up to which the caller has everything.</param>
    /// <param name="cancellationToken">Ends the watch.</param>
    /// <exception cref="OperationCanceledException">The watch was cancelled.</exception>
    IAsyncEnumerable<LiveChange> WatchAsync(
        UserId userId, LiveQuery query, StreamPosition from, CancellationToken cancellationToken = default);

    /// <summary>
    /// Yields the present values that the query wants, the least recently changed first, and ends: who types, how far
    /// everybody has read, what account data there is, who is there; no events.
    /// </summary>
    /// <remarks>
    /// Watching from <paramref name="at"/> afterwards misses nothing: a value that changes after that position is left
    /// to the watch. The positions of these changes say when they happened; they are not to be resumed from.
    /// </remarks>
    /// <param name="query">What is wanted.</param>
    /// <param name="at">The position to watch from afterwards, usually that of <see cref="GetPositionAsync"/>.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="OperationCanceledException">The reading was cancelled.</exception>
    IAsyncEnumerable<LiveChange> SnapshotAsync(
        LiveQuery query, StreamPosition at, CancellationToken cancellationToken = default);

    /// <summary>The same as the user may see it.</summary>
    /// <param name="userId">On whose behalf.</param>
    /// <param name="query">What is wanted.</param>
    /// <param name="at">The position to watch from afterwards.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="OperationCanceledException">The reading was cancelled.</exception>
    IAsyncEnumerable<LiveChange> SnapshotAsync(
        UserId userId, LiveQuery query, StreamPosition at, CancellationToken cancellationToken = default);
}
