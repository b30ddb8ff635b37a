using Matrix.Realtime.Identifiers;
using Matrix.Realtime.LiveQueries;

namespace Matrix.Realtime.Tests.LiveQueries;

/// <summary>A watcher that keeps what it is told, until it is told of something after the end.</summary>
/// <param name="live">The live queries of the server.</param>
/// <param name="scope">What it watches.</param>
/// <param name="end">The position after which nothing counts, once that is known.</param>
/// <param name="cancellationToken">Ends it.</param>
internal sealed class LiveReader(
    ILiveQueries live, ReplayScope scope, Task<StreamPosition> end, CancellationToken cancellationToken)
{
    private readonly SeenChanges _seen = new();

    /// <summary>Reads on as fast as it can.</summary>
    public async Task<SeenChanges> FollowAsync()
    {
        await foreach (var change in Watch(scope.From))
        {
            if (!Take(change))
            {
                break;
            }
        }

        return _seen;
    }

    /// <summary>Stops after the first change, and goes on when everything has happened.</summary>
    public async Task<SeenChanges> StallAsync()
    {
        var isFirst = true;
        await foreach (var change in Watch(scope.From))
        {
            if (!Take(change))
            {
                break;
            }

            if (isFirst)
            {
                isFirst = false;
                await end;
            }
        }

        return _seen;
    }

    /// <summary>Gives up now and then, and resumes from the last change.</summary>
    public async Task<SeenChanges> ResumeAsync(int every)
    {
        var (position, isOver) = (scope.From, false);
        while (!isOver)
        {
            var left = every;
            await foreach (var change in Watch(position))
            {
                isOver = !Take(change);
                position = change.Position;
                if (isOver || --left == 0)
                {
                    break;
                }
            }
        }

        return _seen;
    }

    /// <summary>Begins with the present values.</summary>
    public async Task<SeenChanges> FollowSnapshotAsync()
    {
        var present = scope.UserId is { } userId
            ? live.SnapshotAsync(userId, scope.Query, scope.From, cancellationToken)
            : live.SnapshotAsync(scope.Query, scope.From, cancellationToken);
        await foreach (var value in present)
        {
            _seen.AddPresent(value);
        }

        return await FollowAsync();
    }

    private IAsyncEnumerable<LiveChange> Watch(StreamPosition from) => scope.UserId is { } userId
        ? live.WatchAsync(userId, scope.Query, from, cancellationToken)
        : live.WatchAsync(scope.Query, from, cancellationToken);

    private bool Take(LiveChange change)
    {
        if (end.IsCompletedSuccessfully && change.Position > end.Result)
        {
            return false;
        }

        _seen.Add(change);
        return true;
    }
}
