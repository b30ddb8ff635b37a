namespace Matrix.Realtime.Streams;

/// <summary>
/// One reader's wait. Captured before the reader samples the view, so that no change falls between sampling and
/// waiting.
/// </summary>
internal sealed class ChangeSignal(UserFeed feed, IChangeInterest interest) : IDisposable
{
    private readonly TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when a change that the reader wants has been applied.</summary>
    public Task Changed => _changed.Task;

    /// <summary>Gives the wait up.</summary>
    public void Dispose() => feed.Release(this);

    internal void Tell(StreamChange change)
    {
        try
        {
            if (interest.Wants(change))
            {
                _changed.TrySetResult();
            }
        }
        catch (Exception exception)
        {
            // The reader's own fault, and for the reader to report: others wait for the writer.
            _changed.TrySetException(exception);
        }
    }
}
