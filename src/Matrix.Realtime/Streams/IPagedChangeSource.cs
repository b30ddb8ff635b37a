using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Storage;

namespace Matrix.Realtime.Streams;

/// <summary>A source that can be read page by page, by who follows the stream and is far behind.</summary>
internal interface IPagedChangeSource : IChangeSource
{
    /// <summary>
    /// The first changes of the range, in order, as many as its limit allows; what the range does not want may be left
    /// out.
    /// </summary>
    Task<IReadOnlyList<StreamChange>> ReadPageAsync(
        MatrixDbContext database, ChangeRange range, CancellationToken cancellationToken);

    Task<IReadOnlyList<StreamChange>> IChangeSource.ReadAsync(
        MatrixDbContext database, StreamPosition after, StreamPosition through, CancellationToken cancellationToken) =>
        ReadPageAsync(database, new ChangeRange(after, through) { Limit = int.MaxValue }, cancellationToken);
}
