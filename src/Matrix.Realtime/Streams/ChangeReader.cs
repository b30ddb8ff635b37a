using System.Runtime.CompilerServices;
using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.Streams;

/// <summary>
/// Follows the stream at the reader's own pace: from the <see cref="ChangeLog"/> while they keep up, from the store
/// while they do not.
/// </summary>
internal sealed class ChangeReader(LiveState live, ChangeLog log, ChangeHistory history)
{
    /// <summary>The applied position, once the stream has started.</summary>
    public async Task<StreamPosition> GetPositionAsync(CancellationToken cancellationToken)
    {
        while (live.Current.Position == StreamPosition.Zero)
        {
            var signal = log.Capture();
            if (live.Current.Position == StreamPosition.Zero)
            {
                await signal.WaitAsync(cancellationToken);
            }
        }

        return live.Current.Position;
    }

    /// <summary>
    /// Every page after <see cref="ChangeRange.After"/>, for ever; a position beyond the head is taken for the head.
    /// Each page comes with the view that it was read under, which holds all of it.
    /// </summary>
    public async IAsyncEnumerable<(LiveView View, ChangePage Page)> FollowAsync(
        ChangeRange start, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var position = StreamPosition.Min(start.After, await GetPositionAsync(cancellationToken));
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var signal = log.Capture();
            var view = live.Current;
            if (position >= view.Position)
            {
                await signal.WaitAsync(cancellationToken);
                continue;
            }

            var range = start with { After = position, Through = view.Position };
            var page = log.TryRead(range, out var recent) ? recent : await history.ReadAsync(range, cancellationToken);
            position = page.Through;
            yield return (view, page);
        }
    }

    /// <summary>Every page of a range, from the store, with the view that was current then.</summary>
    public async IAsyncEnumerable<(LiveView View, ChangePage Page)> ReadAsync(
        ChangeRange range, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var through = StreamPosition.Min(range.Through, await GetPositionAsync(cancellationToken));
        var position = range.After;
        while (position < through)
        {
            var view = live.Current;
            var rest = range with { After = position, Through = through };
            var page = await history.ReadAsync(rest, cancellationToken);
            position = page.Through;
            yield return (view, page);
        }
    }
}
