namespace Matrix.Realtime.Streams;

/// <summary>
/// One reader's wait. Captured before the reader samples the view, so that no change falls between sampling and
/// waiting.
/// </summary>
internal sealed class ChangeSignal(UserFeed feed, IChangeInterest interest) : IDisposable
{
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ITimer? _timer;
    private CancellationTokenRegistration _cancellation;

    /// <summary>
    /// Completes when a change that the reader wants has been applied, and when the wait ends for another reason.
    /// </summary>
    public Task Completion => _completion.Task;

    /// <summary>Whether a change that may wait a little is about to end the wait.</summary>
    internal bool IsDue { get; private set; }

    /// <summary>The <see cref="Completion"/>, which also comes when the time is up; to be called once.</summary>
    /// <exception cref="OperationCanceledException">The reader is gone.</exception>
    public Task WaitAsync(TimeSpan timeout, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!_completion.Task.IsCompleted)
        {
            _timer = time.CreateTimer(
                static signal => ((ChangeSignal)signal!).Complete(), this, timeout, Timeout.InfiniteTimeSpan);
            _cancellation = cancellationToken.UnsafeRegister(
                static (signal, token) => ((ChangeSignal)signal!)._completion.TrySetCanceled(token), this);
        }

        return _completion.Task;
    }

    /// <summary>Gives the wait up.</summary>
    public void Dispose()
    {
        feed.Release(this);
        _timer?.Dispose();
        _cancellation.Dispose();
    }

    internal void Complete() => _completion.TrySetResult();

    internal void Tell(StreamChange change)
    {
        if (Wants(change))
        {
            Complete();
        }
    }

    /// <summary>The same without ending the wait yet.</summary>
    internal bool TellForLater(StreamChange change)
    {
        if (!IsDue && Wants(change))
        {
            IsDue = true;
        }

        return IsDue;
    }

    private bool Wants(StreamChange change)
    {
        try
        {
            return interest.Wants(change);
        }
        catch (Exception exception)
        {
            // The reader's own fault, and for the reader to report: others wait for the writer.
            _completion.TrySetException(exception);
            return false;
        }
    }
}
