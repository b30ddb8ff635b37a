using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Storage;

namespace Matrix.Realtime.Streams;

/// <summary>Reads the changes of one kind back from the store, for what another process has committed.</summary>
internal interface IChangeSource
{
    /// <summary>
    /// The changes after <paramref name="after"/> up to <paramref name="through"/> that are still the latest of their
    /// key.
    /// </summary>
    Task<IReadOnlyList<StreamChange>> ReadAsync(
        MatrixDbContext database, StreamPosition after, StreamPosition through, CancellationToken cancellationToken);
}
