namespace Matrix.Realtime.Tests.Sync;

/// <summary>The system's time, which knows how many of its timers are held.</summary>
internal sealed class TimerCounter : TimeProvider
{
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Interlocked.Increment(ref _count);
        return new CountedTimer(this, base.CreateTimer(callback, state, dueTime, period));
    }

    private sealed class CountedTimer(TimerCounter counter, ITimer timer) : ITimer
    {
        private int _disposals;

        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(dueTime, period);

        public void Dispose()
        {
            if (Interlocked.Increment(ref _disposals) == 1)
            {
                Interlocked.Decrement(ref counter._count);
            }

            timer.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
