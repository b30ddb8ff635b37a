using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.LiveQueries;

/// <summary>
/// A change that a live query yields. Which one it is, its type tells; more types may come, so pass over those that you
/// do not know.
/// </summary>
public abstract record LiveChange
{
    private protected LiveChange()
    {
    }

    /// <summary>
    /// Where the change stands in the one order of all changes of the server, and the position to resume from: handed
    /// to <see cref="ILiveQueries.WatchAsync(LiveQuery, StreamPosition, CancellationToken)"/>, it continues with the
    /// first change after this one, also in another process and after a restart. No two changes share a position.
    /// </summary>
    public required StreamPosition Position { get; init; }

    /// <summary>Whose change it is: who sent the event, types, reads, is there, or keeps the account data.</summary>
    public required UserId UserId { get; init; }
}
