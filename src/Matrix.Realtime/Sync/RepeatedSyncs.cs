using System.Collections.Concurrent;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Streams;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace Matrix.Realtime.Sync;

/// <summary>
/// Answers a sync that repeats another, because both are under way or because the answer was lost, with what was read
/// for the first.
/// </summary>
/// <remarks>
/// Only with an answer that has all that was there when the repetition came, or beyond which nothing has happened for
/// the user. So nobody can tell it from one that is read anew, but by its cost.
/// </remarks>
internal sealed class RepeatedSyncs(SyncReader reader, SyncMetrics metrics, IOptions<RealtimeOptions> options)
    : IDisposable
{
    private const int MaxAnswerBytes = 256 * 1024;

    private static readonly TimeSpan ForgetAfter = TimeSpan.FromMinutes(2);

    /// <summary>
    /// The reads that are under way. They belong to nobody, so that who hangs up takes them from nobody.
    /// </summary>
    private readonly ConcurrentDictionary<SyncRepetition, Task<SyncResponse>> _reading = new();

    /// <summary>The last answer to each device, until its next poll shows that it has come.</summary>
    private readonly MemoryCache _answers = new(
        new MemoryCacheOptions { SizeLimit = options.Value.Sync.MaxRepeatableBytes });

    /// <summary>Reads the answer as of the view, or takes that to an equal request.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="arrived">The applied position when the request came.</param>
    /// <param name="view">The view sampled for the request.</param>
    /// <param name="feed">The feed of the user.</param>
    /// <param name="cancellationToken">Ends the wait for the answer.</param>
    public ValueTask<SyncResponse> ReadAsync(
        SyncRequest request,
        StreamPosition arrived,
        LiveView view,
        UserFeed feed,
        CancellationToken cancellationToken)
    {
        Forget(request);

        // An ordinary next poll, before which nothing has happened: there is nothing to share.
        if (request.Since?.Position >= feed.ChangedAt && !request.FullState)
        {
            return reader.ReadAsync(request, view, feed, cancellationToken);
        }

        return new(ShareAsync(request, arrived, view, feed, cancellationToken));
    }

    public void Dispose() => _answers.Dispose();

    private static (UserId UserId, DeviceId DeviceId) DeviceOf(SyncRequest request) =>
        (request.Requester.UserId, request.Requester.DeviceId);

    private static bool IsRepeatable(SyncRequest request, SyncResponse answer) =>
        answer.IsWhole && !answer.IsEmpty && !(answer.NextBatch.Position <= request.Since?.Position);

    private static bool IsGood(SyncResponse answer, StreamPosition arrived, UserFeed feed) =>
        answer.NextBatch.Position >= arrived || answer.NextBatch.Position >= feed.ChangedAt;

    /// <summary>Forgets the last answer, if the device has had it, as its token shows.</summary>
    private void Forget(SyncRequest request)
    {
        if (_answers.TryGetValue(DeviceOf(request), out Remembered? last)
            && last!.Answer.NextBatch.Position <= request.Since?.Position)
        {
            _answers.Remove(DeviceOf(request));
        }
    }

    private SyncResponse? Find(SyncRequest request, SyncRepetition repetition) =>
        _answers.TryGetValue(DeviceOf(request), out Remembered? last) && last!.To.Equals(repetition)
            ? last.Answer
            : null;

    private SyncResponse Repeat(SyncResponse answer)
    {
        metrics.Repeated();
        return answer;
    }

    private async Task<SyncResponse> ShareAsync(
        SyncRequest request,
        StreamPosition arrived,
        LiveView view,
        UserFeed feed,
        CancellationToken cancellationToken)
    {
        var repetition = new SyncRepetition(request);
        var own = new TaskCompletionSource<SyncResponse>(TaskCreationOptions.RunContinuationsAsynchronously);
        var reading = _reading.GetOrAdd(repetition, own.Task);
        if (reading == own.Task)
        {
            // Only now: an equal read may have ended just before this one was entered.
            var known = Find(request, repetition) is { } found && IsGood(found, arrived, feed) ? Repeat(found) : null;
            _ = RunAsync(own, known, request, repetition, view, feed);
            return await reading.WaitAsync(cancellationToken);
        }

        var answer = await reading.WaitAsync(cancellationToken);
        return IsRepeatable(request, answer) && IsGood(answer, arrived, feed)
            ? Repeat(answer)
            : await reader.ReadAsync(request, view, feed, cancellationToken);
    }

    private async Task RunAsync(
        TaskCompletionSource<SyncResponse> reading,
        SyncResponse? known,
        SyncRequest request,
        SyncRepetition repetition,
        LiveView view,
        UserFeed feed)
    {
        try
        {
            var answer = known ?? await reader.ReadAsync(request, view, feed, CancellationToken.None);
            Remember(request, repetition, answer);
            reading.SetResult(answer);
        }
        catch (Exception exception)
        {
            reading.SetException(exception);
        }
        finally
        {
            _reading.TryRemove(repetition, out _);
        }
    }

    private void Remember(SyncRequest request, SyncRepetition repetition, SyncResponse answer)
    {
        if (IsRepeatable(request, answer) && answer.Size is var size and <= MaxAnswerBytes)
        {
            var limits = new MemoryCacheEntryOptions { Size = size, AbsoluteExpirationRelativeToNow = ForgetAfter };
            _answers.Set(DeviceOf(request), new Remembered(repetition, answer), limits);
        }
    }

    private sealed record Remembered(SyncRepetition To, SyncResponse Answer);
}
