namespace Matrix.Realtime.Typing;

/// <summary>
/// The deadline of one user's typing in one room. Renewals move it in memory; once an end is being decided for it, it
/// takes no more, and the renewal has to go through the stream behind that end.
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
            _timer = time.CreateTimer(
                static state => ((TypingTimer)state!).Fire(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        // Only now: a timer that fires at once needs the field.
        Restart(deadline);
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

    /// <summary>Starts over, taking renewals again.</summary>
    public void Restart(DateTimeOffset deadline)
    {
        lock (_lock)
        {
            _ending = false;
            Move(deadline);
        }
    }

    /// <summary>Moves the deadline for a start that is being decided, so that no expiry behind it ends it.</summary>
    public void Postpone(DateTimeOffset deadline)
    {
        lock (_lock)
        {
            Move(deadline);
        }
    }

    /// <summary>
    /// Fires again at a later time, unless the deadline was moved meanwhile. Renewals are still refused: nobody knows
    /// yet whether the end that failed came about after all.
    /// </summary>
    public void Retry(DateTimeOffset deadline)
    {
        lock (_lock)
        {
            if (_deadline <= _time.GetUtcNow())
            {
                Move(deadline);
            }
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
            if (_deadline > _time.GetUtcNow())
            {
                return false;
            }

            _ending = true;
            return true;
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
