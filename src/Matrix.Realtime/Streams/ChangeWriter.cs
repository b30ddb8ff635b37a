using System.Data.Common;
using System.Diagnostics;
using System.Threading.Channels;
using Matrix.Realtime.Errors;
using Matrix.Realtime.Identifiers;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Matrix.Realtime.Streams;

/// <summary>
/// The one place where positions are given and rows are written. Whatever has gathered while the last batch was
/// committing is the next batch: evaluated in order, written in one transaction, applied to live state, and only then
/// answered.
/// </summary>
internal sealed class ChangeWriter(
    StreamStore store,
    BatchApplier applier,
    LiveState live,
    IEnumerable<ILiveTable> tables,
    IEnumerable<IStartupParticipant> startupParticipants,
    TimeProvider time,
    ILogger<ChangeWriter> logger) : IHostedService
{
    /// <summary>How far positions move on for every second that passes between two starts.</summary>
    private const int PositionsPerSecondShift = 20;

    private readonly Channel<PendingChange> _queue = Channel.CreateBounded<PendingChange>(
        new BoundedChannelOptions(StreamLimits.QueueCapacity) { SingleReader = true });

    private readonly ILiveTable[] _tables = [.. tables];
    private readonly List<PendingChange> _pending = new(StreamLimits.BatchChanges);
    private Task _running = Task.CompletedTask;

    /// <summary>
    /// Queues a change. It is evaluated on the writer's loop against everything applied and everything earlier in its
    /// batch, and evaluated again if another process was faster, so it may do nothing but read and tell the batch.
    /// </summary>
    /// <returns>What the function returned, once it is committed and applied.</returns>
    /// <exception cref="MatrixException">The function's own refusal; or 503 when the database did not take the
    /// batch.</exception>
    public async Task<TResult> SubmitAsync<TResult>(
        Func<ChangeBatch, ValueTask<TResult>> change,
        CancellationToken cancellationToken,
        ChangeDurability durability = ChangeDurability.Durable)
    {
        var pending = new PendingChange<TResult>(change, durability, cancellationToken);
        try
        {
            await _queue.Writer.WriteAsync(pending, cancellationToken);
        }
        catch (ChannelClosedException)
        {
            throw MatrixException.Unavailable();
        }

        return await pending.Answer;
    }

    /// <inheritdoc cref="SubmitAsync{TResult}"/>
    public Task SubmitAsync(
        Func<ChangeBatch, ValueTask> change,
        CancellationToken cancellationToken,
        ChangeDurability durability = ChangeDurability.Durable) =>
        SubmitAsync(
            async batch =>
            {
                await change(batch);
                return true;
            },
            cancellationToken,
            durability);

    /// <summary>
    /// Queues a change that is decided by committed rows: of those that name the same key a batch holds one, and the
    /// others come again with the next.
    /// </summary>
    /// <inheritdoc cref="SubmitAsync{TResult}"/>
    public async Task<TResult> SubmitAloneAsync<TResult>(
        object key, Func<ChangeBatch, ValueTask<TResult>> change, CancellationToken cancellationToken)
    {
        while (true)
        {
            var (isDone, result) = await SubmitAsync(TryChangeAsync, cancellationToken);
            if (isDone)
            {
                return result!;
            }
        }

        async ValueTask<(bool IsDone, TResult? Result)> TryChangeAsync(ChangeBatch batch) =>
            batch.TryClaim(key) ? (true, await change(batch)) : default;
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await BeginAsync();

        // A thread of its own: SQLite blocks it while it writes, and the thread pool is better off without that.
        _running = Task.Factory.StartNew(
            Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Takes no more changes, and waits until those that are queued are answered.</summary>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        _queue.Writer.TryComplete();
        return _running.WaitAsync(cancellationToken);
    }

    /// <summary>
    /// Moves the head beyond every position that a client may hold from before this start, even when the database was
    /// restored from an old copy, and lets features leave nothing stale behind.
    /// </summary>
    private async Task BeginAsync()
    {
        while (true)
        {
            await applier.CatchUpAsync();
            var floor = new StreamPosition(time.GetUtcNow().ToUnixTimeSeconds() << PositionsPerSecondShift);
            var start = StreamPosition.Max(live.Current.Position.Next, floor);
            var batch = new ChangeBatch(live, _tables, store.Database, start);
            foreach (var participant in startupParticipants)
            {
                await participant.OnStartingAsync(batch);
            }

            if (await applier.CommitAsync(batch, durable: true) == CommitOutcome.Committed)
            {
                Log.StreamStarted(logger, batch.Position);
                return;
            }
        }
    }

    private void Run()
    {
        while (_queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            _pending.Clear();
            while (_pending.Count < StreamLimits.BatchChanges && _queue.Reader.TryRead(out var pending))
            {
                _pending.Add(pending);
            }

            WriteAsync().GetAwaiter().GetResult();
        }
    }

    private async Task WriteAsync()
    {
        try
        {
            var next = 0;
            while (next < _pending.Count)
            {
                next = await WriteFromAsync(next);
            }
        }
        catch (Exception exception)
        {
            Log.WriterFailed(logger, exception);
            foreach (var pending in _pending.Where(pending => !pending.IsAnswered))
            {
                pending.Fail(MatrixException.Unavailable());
            }
        }
    }

    /// <summary>
    /// Writes one batch of the pending changes from <paramref name="first"/> on; returns where the next begins.
    /// </summary>
    private async Task<int> WriteFromAsync(int first)
    {
        await applier.CatchUpAsync();
        var batch = new ChangeBatch(live, _tables, store.Database, live.Current.Position);
        var end = first;
        var started = Stopwatch.GetTimestamp();
        while (end < _pending.Count
            && batch.Operations.Count < StreamLimits.BatchRows
            && Stopwatch.GetElapsedTime(started) < StreamLimits.BatchTime)
        {
            await EvaluateAsync(batch, _pending[end++]);
        }

        var evaluated = _pending.Skip(first).Take(end - first).Where(pending => !pending.IsAnswered).ToList();
        var durable = evaluated.Any(pending => pending is { Refusal: null, Durability: ChangeDurability.Durable });
        if (await applier.CommitAsync(batch, durable) == CommitOutcome.HeadMoved)
        {
            return first;
        }

        foreach (var pending in evaluated)
        {
            pending.Complete();
        }

        return end;
    }

    private async Task EvaluateAsync(ChangeBatch batch, PendingChange pending)
    {
        if (pending.IsAnswered)
        {
            return;
        }

        if (pending.CancellationToken.IsCancellationRequested)
        {
            pending.Cancel();
            return;
        }

        var savepoint = batch.Save();
        pending.Refusal = null;
        try
        {
            await pending.EvaluateAsync(batch);
        }
        catch (Exception exception)
        {
            batch.Restore(savepoint);
            pending.Refusal = exception;

            // Entity Framework wraps what may pass by itself, such as a connection that the server has closed.
            if (exception is DbException || exception.InnerException is DbException)
            {
                Log.EvaluationFailed(logger, exception);
                pending.Refusal = MatrixException.Unavailable();
            }
        }
    }
}
