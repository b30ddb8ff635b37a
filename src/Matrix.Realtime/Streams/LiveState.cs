using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Matrix.Realtime.Streams;

/// <summary>
/// The current <see cref="LiveView"/> and the only two ways it changes: committed changes are applied in order, and
/// keys are loaded and evicted, which nobody can tell from the outside.
/// </summary>
internal sealed class LiveState
{
    private const int RoomsSweptAtOnce = 256;

    /// <summary>
    /// Held while the view is replaced; guards loads and the notifier's index as well. Never across an await.
    /// </summary>
    private readonly Lock _gate = new();

    private readonly ILiveTable[] _tables;
    private readonly Notifier _notifier;
    private readonly ChangeLog _log;
    private readonly IDbContextFactory<MatrixDbContext> _databases;
    private readonly ILogger<LiveState> _logger;
    private volatile LiveView _current;

    public LiveState(
        IEnumerable<ILiveTable> tables,
        Notifier notifier,
        ChangeLog log,
        IDbContextFactory<MatrixDbContext> databases,
        ILogger<LiveState> logger)
    {
        _tables = [.. tables];
        _notifier = notifier;
        _log = log;
        _databases = databases;
        _logger = logger;
        for (var i = 0; i < _tables.Length; i++)
        {
            _tables[i].Index = i;
        }

        _current = new LiveView(StreamPosition.Zero, [.. _tables.Select(table => table.Empty)]);
    }

    /// <summary>The view as of the last applied batch.</summary>
    public LiveView Current => _current;

    /// <summary>
    /// Applies committed changes, in order of position, up to <paramref name="through"/>, and wakes who waits for them.
    /// </summary>
    public void Apply(IReadOnlyList<StreamChange> changes, StreamPosition through)
    {
        List<(UserFeed Feed, StreamChange Change)> told;
        lock (_gate)
        {
            var tables = (object[])_current.Tables.Clone();
            foreach (var change in changes)
            {
                foreach (var table in _tables)
                {
                    tables[table.Index] = Commit(table, tables[table.Index], change);
                }
            }

            foreach (var table in _tables)
            {
                tables[table.Index] = table.Trim(tables[table.Index]);
            }

            // The index and the log must know a change before anyone can sample its position.
            told = _notifier.Record(changes);
            Keep(changes, through);
            _current = new LiveView(through, tables);
        }

        _notifier.Wake(told);
        _log.Wake();
    }

    /// <summary>The snapshot of a key as of the view: from the view, else from the store.</summary>
    public ValueTask<TSnapshot> GetAsync<TKey, TSnapshot>(
        LiveView view, LiveTable<TKey, TSnapshot> table, TKey key, CancellationToken cancellationToken)
        where TKey : struct, IEquatable<TKey>
        where TSnapshot : LiveSnapshot =>
        view.TryFind(table, key, out var snapshot)
            ? ValueTask.FromResult(snapshot)
            : new(LoadAsync(view, table, key, cancellationToken));

    /// <summary>
    /// Starts or refreshes the feed of a user: from now on changes of their rooms are indexed for them. The given
    /// function reads the joined rooms from the view, or returns null when they are not loaded; then so does this.
    /// </summary>
    public UserFeed? Follow(UserId userId, Func<LiveView, IEnumerable<RoomId>?> joinedRooms)
    {
        lock (_gate)
        {
            return _notifier.Follow(userId, _current, joinedRooms);
        }
    }

    /// <summary>
    /// Those of whom the members of the room who poll have news of a kind after the position: something about them
    /// changed, or they joined; of device lists, also when they left. Only for as long as somebody polls there.
    /// </summary>
    public IReadOnlyList<(UserId UserId, StreamPosition Position)> GetPeers(
        RoomId roomId, ChangeKinds kind, StreamPosition after)
    {
        lock (_gate)
        {
            return _notifier.GetPeers(roomId, kind, after);
        }
    }

    /// <summary>The members of the room who poll, or did a moment ago.</summary>
    public IReadOnlyList<UserId> GetPollers(RoomId roomId)
    {
        lock (_gate)
        {
            return _notifier.GetPollers(roomId);
        }
    }

    /// <summary>Ends every wait, as if something had changed for everybody.</summary>
    public void CompleteAllWaits()
    {
        List<UserFeed> feeds;
        lock (_gate)
        {
            feeds = _notifier.Feeds();
        }

        foreach (var feed in feeds)
        {
            feed.CompleteAll();
        }
    }

    /// <summary>Stops the feeds of users who have not polled for a while.</summary>
    public void DropIdleFeeds()
    {
        IReadOnlySet<UserFeed> dropped;
        RoomId[] rooms;
        lock (_gate)
        {
            dropped = _notifier.DropIdleFeeds();
            rooms = dropped.Count == 0 ? [] : _notifier.Rooms();
        }

        // A few at a time, so that the writer does not wait for all of them.
        foreach (var some in rooms.Chunk(RoomsSweptAtOnce))
        {
            lock (_gate)
            {
                _notifier.Unsubscribe(dropped, some);
            }
        }
    }

    /// <summary>Forgets a key; the next read loads it again.</summary>
    public void Evict<TKey, TSnapshot>(LiveTable<TKey, TSnapshot> table, TKey key)
        where TKey : struct, IEquatable<TKey>
        where TSnapshot : LiveSnapshot
    {
        lock (_gate)
        {
            _current = _current.With(table, table.Forget(_current.Snapshots(table), key));
        }
    }

    private void Keep(IReadOnlyList<StreamChange> changes, StreamPosition through)
    {
        // At the start the head comes without what led to it.
        if (_current.Position == StreamPosition.Zero)
        {
            _log.Begin(through);
        }
        else
        {
            _log.Append(changes);
        }
    }

    /// <summary>
    /// A committed change cannot be refused any more: where a table fails to apply it, the key is forgotten, and read
    /// back from the store when it is next needed.
    /// </summary>
    private object Commit(ILiveTable table, object snapshots, StreamChange change)
    {
        try
        {
            return table.Commit(snapshots, change);
        }
        catch (Exception exception)
        {
            Log.ChangeNotApplied(_logger, change.Position, exception);
            return table.Forget(snapshots, change);
        }
    }

    private async Task<TSnapshot> LoadAsync<TKey, TSnapshot>(
        LiveView view, LiveTable<TKey, TSnapshot> table, TKey key, CancellationToken cancellationToken)
        where TKey : struct, IEquatable<TKey>
        where TSnapshot : LiveSnapshot
    {
        LiveLoad<TSnapshot>? load;
        var starts = false;
        lock (_gate)
        {
            if (_current.TryFind(table, key, out var loaded) && (!table.IsHistorical || loaded.Position <= view.Position))
            {
                return loaded;
            }

            if (!table.Loads.TryGetValue(key, out load) && loaded is null)
            {
                load = new LiveLoad<TSnapshot>(_current.Position);
                table.Loads.Add(key, load);
                starts = true;
            }
        }

        if (starts)
        {
            _ = RunAsync(table, key, load!);
        }

        if (load is not null && (load.At <= view.Position || !table.IsHistorical))
        {
            var snapshot = await load.Loaded.Task.WaitAsync(cancellationToken);
            return table.Fold(snapshot, key, load.Buffer, view.Position);
        }

        // The caller's view is older than what is loaded: read the store as of that position, for this caller alone.
        await using var database = await _databases.CreateDbContextAsync(cancellationToken);
        return await table.LoadAsync(database, key, view.Position, cancellationToken);
    }

    private async Task RunAsync<TKey, TSnapshot>(LiveTable<TKey, TSnapshot> table, TKey key, LiveLoad<TSnapshot> load)
        where TKey : struct, IEquatable<TKey>
        where TSnapshot : LiveSnapshot
    {
        try
        {
            await using var database = await _databases.CreateDbContextAsync(CancellationToken.None);
            var snapshot = await table.LoadAsync(database, key, load.At, CancellationToken.None);
            lock (_gate)
            {
                table.Loads.Remove(key);
                var current = table.Fold(snapshot, key, load.Buffer, StreamPosition.Never);
                _current = _current.With(table, LiveEviction.Add(table, _current.Snapshots(table), key, current));
            }

            load.Loaded.SetResult(snapshot);
        }
        catch (Exception exception)
        {
            lock (_gate)
            {
                table.Loads.Remove(key);
            }

            load.Loaded.SetException(exception);
        }
    }
}
