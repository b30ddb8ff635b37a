namespace Matrix.Realtime.Typing;

/// <summary>
/// The deadline of one user's typing in one room. Renewals move it in memory; once an end is being decided for it, it takes
/// no more, and the renewal has to go through the stream behind that end.
/// </summary>
internal sealed class TypingTimer : IDisposable
{
    /// <summary>Guards everything below.</summary>
    private readonly Lock _lock = new();

    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private readonly Action<TypingTimer> _expired;
    private DateTimeOffset _deadline;
    private bool _ending;

    public TypingTimer(DateTimeOffset deadline, TimeProvider time, Action<TypingTimer> expired)
    {
        _deadline = deadline;
        _time = time;
        _expired = expired;

        // The request that started the typing must not be kept alive by its timer.
        using (ExecutionContext.SuppressFlow())
        {
            _timer = time.CreateTimer(static state => ((TypingTimer)state!).Fire(), this, Until(deadline), Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Moves the deadline, unless an end is being decided.</summary>
    public bool TryRenew(DateTimeOffset deadline)
    {
        lock (_lock)
        {
            if (_ending)
            {
                return false;
            }

            Move(deadline);
            return true;
        }
    }

    /// <summary>Starts over after an end was decided for and did not come about.</summary>
    public void Restart(DateTimeOffset deadline)
    {
        lock (_lock)
        {
            _ending = false;
            Move(deadline);
        }
    }

    /// <summary>Refuses renewals from now on.</summary>
    public void BeginEnd()
    {
        lock (_lock)
        {
            _ending = true;
        }
    }

    /// <summary>Refuses renewals from now on, if the deadline has passed.</summary>
    public bool TryBeginExpiry()
    {
        lock (_lock)
        {
            _ending = _ending || _deadline <= _time.GetUtcNow();
            return _ending;
        }
    }

    public void Dispose() => _timer.Dispose();

    private TimeSpan Until(DateTimeOffset deadline)
    {
        var remaining = deadline - _time.GetUtcNow();
        return remaining > TimeSpan.Zero ? remaining : TimeSpan.Zero;
    }

    private void Move(DateTimeOffset deadline)
    {
        _deadline = deadline;
        _timer.Change(Until(deadline), Timeout.InfiniteTimeSpan);
    }

    private void Fire()
    {
        lock (_lock)
        {
            // A renewal may have moved the deadline while the timer was already on its way here.
            if (_deadline > _time.GetUtcNow())
            {
                _timer.Change(Until(_deadline), Timeout.InfiniteTimeSpan);
                return;
            }
        }

        _expired(this);
    }
}
