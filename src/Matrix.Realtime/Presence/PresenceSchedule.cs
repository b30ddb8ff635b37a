namespace Matrix.Realtime.Presence;

/// <summary>When which user has to be looked at next. One timer serves all of them.</summary>
internal sealed class PresenceSchedule : IDisposable
{
    /// <summary>Guards everything below.</summary>
    private readonly Lock _lock = new();

    /// <summary>May hold a user several times; the entry that counts is the one they are scheduled at.</summary>
    private readonly PriorityQueue<PresentUser, DateTimeOffset> _queue = new();

    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private DateTimeOffset _armedFor = DateTimeOffset.MaxValue;

    public PresenceSchedule(TimeProvider time)
    {
        _time = time;
        _timer = time.CreateTimer(
            static schedule => ((PresenceSchedule)schedule!).Fire(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Called for each user whose time has come, on a timer's thread.</summary>
    public Action<PresentUser>? Due { get; set; }

    /// <summary>Looks at the user at the given time, or before.</summary>
    public void Add(PresentUser user, DateTimeOffset at)
    {
        lock (_lock)
        {
            if (user.ScheduledAt > at)
            {
                user.ScheduledAt = at;
                _queue.Enqueue(user, at);
                Arm();
            }
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Arm()
    {
        if (_queue.TryPeek(out _, out var next) && next < _armedFor)
        {
            _armedFor = next;
            var remaining = next - _time.GetUtcNow();
            _timer.Change(remaining > TimeSpan.Zero ? remaining : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
    }

    private void Fire()
    {
        List<PresentUser> due = [];
        lock (_lock)
        {
            var now = _time.GetUtcNow();
            while (_queue.TryPeek(out var user, out var at) && at <= now)
            {
                _queue.Dequeue();
                if (user.ScheduledAt == at)
                {
                    user.ScheduledAt = DateTimeOffset.MaxValue;
                    due.Add(user);
                }
            }

            _armedFor = DateTimeOffset.MaxValue;
            Arm();
        }

        due.ForEach(user => Due?.Invoke(user));
    }
}
