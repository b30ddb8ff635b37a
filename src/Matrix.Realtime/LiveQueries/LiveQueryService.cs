using System.Runtime.CompilerServices;
using Matrix.Realtime.AccountData;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Streams;
using Matrix.Realtime.Typing;

namespace Matrix.Realtime.LiveQueries;

/// <summary>Follows the stream for watchers, who each take it at their own pace.</summary>
internal sealed class LiveQueryService(ChangeReader reader, LiveVisibility visibility, LiveChangeFactory factory)
    : ILiveQueries
{
    private const LiveKinds Values = LiveKinds.All & ~(LiveKinds.Events | LiveKinds.Membership);

    public Task<StreamPosition> GetPositionAsync(CancellationToken cancellationToken) =>
        reader.GetPositionAsync(cancellationToken);

    public IAsyncEnumerable<LiveChange> WatchAsync(
        LiveQuery query, StreamPosition from, CancellationToken cancellationToken) =>
        WatchAsync(null, query, from, cancellationToken);

    public IAsyncEnumerable<LiveChange> WatchAsync(
        UserId userId, LiveQuery query, StreamPosition from, CancellationToken cancellationToken) =>
        WatchAsync((UserId?)userId, query, from, cancellationToken);

    public IAsyncEnumerable<LiveChange> SnapshotAsync(
        LiveQuery query, StreamPosition at, CancellationToken cancellationToken) =>
        SnapshotAsync(null, query, at, cancellationToken);

    public IAsyncEnumerable<LiveChange> SnapshotAsync(
        UserId userId, LiveQuery query, StreamPosition at, CancellationToken cancellationToken) =>
        SnapshotAsync((UserId?)userId, query, at, cancellationToken);

    private IAsyncEnumerable<LiveChange> WatchAsync(
        UserId? userId, LiveQuery query, StreamPosition from, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        var selection = new LiveSelection(query);
        var range = selection.Narrow(new ChangeRange(from, StreamPosition.Never) { Owner = userId });
        return SelectAsync(userId, selection.Wants, reader.FollowAsync(range, cancellationToken), cancellationToken);
    }

    private IAsyncEnumerable<LiveChange> SnapshotAsync(
        UserId? userId, LiveQuery query, StreamPosition at, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        var selection = new LiveSelection(query with { Kinds = query.Kinds & Values });
        var range = selection.Narrow(new ChangeRange(StreamPosition.Zero, at) { Owner = userId });
        return SelectAsync(
            userId,
            change => IsPresent(change) && selection.Wants(change),
            reader.ReadAsync(range, cancellationToken),
            cancellationToken);
    }

    /// <summary>Whether there is still what the change tells of.</summary>
    private static bool IsPresent(StreamChange change) =>
        change is not (TypingChange { IsTyping: false } or AccountDataChange { IsDeletion: true });

    private async IAsyncEnumerable<LiveChange> SelectAsync(
        UserId? userId,
        Func<StreamChange, bool> wants,
        IAsyncEnumerable<(LiveView View, ChangePage Page)> pages,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var (view, page) in pages.WithCancellation(cancellationToken))
        {
            foreach (var change in page.Changes)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (wants(change)
                    && (userId is not { } recipient
                        || await visibility.CanSeeAsync(view, recipient, change, cancellationToken)))
                {
                    yield return factory.Create(change);
                }
            }
        }
    }
}
