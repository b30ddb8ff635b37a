namespace Matrix.Realtime.Benchmarks.Floors;

/// <summary>Requests that wait until all of them are completed at once.</summary>
internal sealed class ParkingLot
{
    /// <summary>The token of a sync that shall wait.</summary>
    public const string Since = "park";

    private TaskCompletionSource _gate = New();

    public Task WaitAsync() => Volatile.Read(ref _gate).Task;

    public void Complete() => Interlocked.Exchange(ref _gate, New()).SetResult();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
