using System.Collections.Immutable;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Storage;

namespace Matrix.Realtime.Streams;

/// <summary>
/// The batch under evaluation: what its change functions have decided so far, and live state as it will be after that.
/// Used by the writer's loop alone.
/// </summary>
internal sealed class ChangeBatch(LiveState live, IReadOnlyList<ILiveTable> tables, MatrixDbContext database, StreamPosition start)
{
    private readonly LiveView _view = live.Current;
    private readonly List<StreamChange> _changes = [];
    private readonly List<RowOperation> _operations = [];
    private readonly List<Action> _applied = [];
    private readonly List<object> _claims = [];

    /// <summary>Per table, the snapshots that this batch has read, as of its last change.</summary>
    private object[] _overlays = [.. tables.Select(table => table.Empty)];

    public IReadOnlyList<StreamChange> Changes => _changes;

    public IReadOnlyList<RowOperation> Operations => _operations;

    public IReadOnlyList<Action> Applied => _applied;

    /// <summary>Whether there is nothing to write: no row, and no move of the head.</summary>
    public bool IsEmpty => _operations.Count == 0 && Position == _view.Position;

    /// <summary>
    /// Where the batch moves the head. A batch of rows without changes moves it too, so that another process that has
    /// decided something against the rows as they were finds out.
    /// </summary>
    public StreamPosition Head => Position > _view.Position ? Position : Position.Next;

    /// <summary>The position of the last change appended, or where the batch starts.</summary>
    public StreamPosition Position { get; private set; } = start;

    /// <summary>Writes a row whose key is new.</summary>
    public void Insert<TRow>(TRow row)
        where TRow : class => Add(RowOperationKind.Insert, row);

    /// <summary>Writes a row, replacing the one with its key if there is one.</summary>
    public void Upsert<TRow>(TRow row)
        where TRow : class => Add(RowOperationKind.Upsert, row);

    /// <summary>Deletes the row with the key of the given one; other columns do not matter.</summary>
    public void Delete<TRow>(TRow row)
        where TRow : class => Add(RowOperationKind.Delete, row);

    /// <summary>Reads what is committed; the batch's own rows are not in it yet.</summary>
    public Task<T> ReadAsync<T>(Func<MatrixDbContext, CancellationToken, Task<T>> read) =>
        read(database, CancellationToken.None);

    /// <summary>
    /// Appends a change to the stream: gives it the next position and applies it to what the batch sees.
    /// </summary>
    public StreamPosition Append(StreamChange change)
    {
        Position = Position.Next;
        change.Position = Position;
        _changes.Add(change);
        foreach (var table in tables)
        {
            _overlays[table.Index] = table.Apply(_overlays[table.Index], change);
        }

        return Position;
    }

    /// <summary>The snapshot of a key as this batch has made it so far.</summary>
    public async ValueTask<TSnapshot> GetAsync<TKey, TSnapshot>(LiveTable<TKey, TSnapshot> table, TKey key)
        where TKey : struct, IEquatable<TKey>
        where TSnapshot : LiveSnapshot
    {
        var index = ((ILiveTable)table).Index;
        if (((ImmutableDictionary<TKey, TSnapshot>)_overlays[index]).TryGetValue(key, out var known))
        {
            return known;
        }

        var snapshot = table.Fold(
            await live.GetAsync(_view, table, key, CancellationToken.None), key, _changes, StreamPosition.Never);
        _overlays[index] = ((ImmutableDictionary<TKey, TSnapshot>)_overlays[index]).SetItem(key, snapshot);
        return snapshot;
    }

    /// <summary>Runs after the batch is committed and applied, before its callers are answered.</summary>
    public void OnApplied(Action action) => _applied.Add(action);

    /// <summary>
    /// Claims a key within this batch: false when an earlier change of the batch has claimed it. What earlier batches
    /// did is in the store.
    /// </summary>
    public bool TryClaim(object key)
    {
        if (_claims.Contains(key))
        {
            return false;
        }

        _claims.Add(key);
        return true;
    }

    private void Add(RowOperationKind kind, object row)
    {
        // Refused here, where it harms its own caller only: PostgreSQL would refuse the whole batch.
        RowText.RequireStorable(database.Model, row);
        _operations.Add(new(kind, row));
    }

    /// <summary>Marks where the batch stands, so that a change that throws can be taken out again.</summary>
    public Savepoint Save() =>
        new((object[])_overlays.Clone(), _changes.Count, _operations.Count, _applied.Count, _claims.Count, Position);

    /// <summary>Goes back to where the batch stood.</summary>
    public void Restore(Savepoint savepoint)
    {
        _overlays = savepoint.Overlays;
        _changes.RemoveRange(savepoint.Changes, _changes.Count - savepoint.Changes);
        _operations.RemoveRange(savepoint.Operations, _operations.Count - savepoint.Operations);
        _applied.RemoveRange(savepoint.Applied, _applied.Count - savepoint.Applied);
        _claims.RemoveRange(savepoint.Claims, _claims.Count - savepoint.Claims);
        Position = savepoint.Position;
    }

    /// <summary>Where a batch stood before a change was evaluated.</summary>
    public readonly record struct Savepoint(
        object[] Overlays, int Changes, int Operations, int Applied, int Claims, StreamPosition Position);
}
