using System.Diagnostics.CodeAnalysis;
using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.Streams;

/// <summary>
/// The last applied changes, in order, for those who follow the whole stream. It holds a fixed number of them, whoever
/// reads and however slowly: who is further behind finds that out here, and reads the store.
/// </summary>
/// <remarks>
/// Appending costs the same however many follow: they take their pages themselves, and all wait for one signal, which
/// is completed on another thread.
/// </remarks>
internal sealed class ChangeLog
{
    /// <summary>
    /// Guards everything below; held for as long as a page is copied. The writer takes it within the gate of
    /// <see cref="LiveState"/>, never the other way round.
    /// </summary>
    private readonly Lock _lock = new();

    private readonly StreamChange[] _ring = new StreamChange[StreamLimits.LogCapacity];
    private long _appended;
    private TaskCompletionSource? _signal;

    /// <summary>Every applied change after this position is in the ring.</summary>
    private StreamPosition _floor = StreamPosition.Never;

    private long Oldest => Math.Max(0, _appended - _ring.Length);

    /// <summary>
    /// Begins a wait for the next batch. Capture first, then sample the view, then read; wait only if that was empty.
    /// </summary>
    public Task Capture()
    {
        lock (_lock)
        {
            _signal ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _signal.Task;
        }
    }

    /// <summary>
    /// The changes of the range, in order, up to its limit, of every kind and room. False when there were changes after
    /// its beginning that are no longer here.
    /// </summary>
    public bool TryRead(ChangeRange range, [NotNullWhen(true)] out ChangePage? page)
    {
        lock (_lock)
        {
            page = range.After < _floor ? null : Read(range);
            return page is not null;
        }
    }

    /// <summary>Starts at a position, with nothing of what was before.</summary>
    internal void Begin(StreamPosition position)
    {
        lock (_lock)
        {
            _floor = position;
        }
    }

    /// <summary>Takes in a batch, before anyone can sample its position.</summary>
    internal void Append(IReadOnlyList<StreamChange> changes)
    {
        lock (_lock)
        {
            foreach (var change in changes)
            {
                Amend(change);
                if (_appended >= _ring.Length)
                {
                    _floor = At(_appended).Position;
                }

                At(_appended++) = change;
            }
        }
    }

    /// <summary>Wakes all who wait, once the view that holds the batch is out.</summary>
    internal void Wake()
    {
        TaskCompletionSource? signal;
        lock (_lock)
        {
            (signal, _signal) = (_signal, null);
        }

        // Completing it costs as much as there are readers: not on the writer's thread.
        if (signal is not null)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static signal => signal.TrySetResult(), signal, preferLocal: false);
        }
    }

    private ref StreamChange At(long index) => ref _ring[index % _ring.Length];

    /// <summary>The index of the first change after the position.</summary>
    private long Find(StreamPosition position)
    {
        var (low, high) = (Oldest, _appended);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            (low, high) = At(middle).Position > position ? (low, middle) : (middle + 1, high);
        }

        return low;
    }

    private ChangePage Read(ChangeRange range)
    {
        var first = Find(range.After);
        var count = Math.Min(range.Limit, Find(range.Through) - first);
        var changes = new StreamChange[Math.Max(0, count)];
        for (var index = 0; index < changes.Length; index++)
        {
            changes[index] = At(first + index);
        }

        return new ChangePage(changes, changes.Length == range.Limit ? changes[^1].Position : range.Through);
    }

    /// <summary>What a redaction took from an event, nobody is told any more.</summary>
    private void Amend(StreamChange change)
    {
        if (change.Amends is not { } amended)
        {
            return;
        }

        var index = Find(amended.Position.Previous);
        if (index < _appended && At(index).Position == amended.Position)
        {
            At(index) = amended;
        }
    }
}
