using Matrix.Realtime.AccountData;
using Matrix.Realtime.Presence;
using Matrix.Realtime.Rooms.State;
using Matrix.Realtime.Streams;
using Microsoft.Extensions.Hosting;

namespace Matrix.Realtime.Sync;

/// <summary>Answers <c>/sync</c>: at once when there is news, else when there is, or when the time is up.</summary>
internal sealed class SyncService(
    LiveState live,
    RoomStates states,
    AccountDataService accountData,
    PresenceTracker presence,
    RepeatedSyncs reader,
    SentMembersCache sentMembers,
    SyncMetrics metrics,
    IHostApplicationLifetime lifetime,
    TimeProvider time)
{
    /// <summary>
    /// Reads until there is something to tell. A wait ends in one of four ways: woken by a change that the filter lets
    /// through, timed out, client gone, server stopping. Woken in vain (the change was hidden from this user), it goes
    /// on.
    /// </summary>
    public async Task<SyncResponse> SyncAsync(SyncRequest request, CancellationToken cancellationToken)
    {
        var interest = new SyncInterest(
            request.Requester, request.Filter, sender => accountData.FindIgnored(request.UserId).Contains(sender));
        var started = time.GetTimestamp();
        using var poll = await presence.OpenAsync(request.Requester, request.SetPresence);

        // Only now: what the request itself makes of its user's presence is to be in its answer.
        var arrived = live.Current.Position;
        request = request with { Since = request.Since?.NotAfter(arrived) };
        while (true)
        {
            var feed = await states.FollowAsync(request.UserId, cancellationToken);
            using var signal = feed.Capture(interest);
            var response = await reader.ReadAsync(request, arrived, live.Current, feed, cancellationToken);
            var remaining = request.Timeout - time.GetElapsedTime(started);
            if (!response.IsEmpty
                || request.AnswersAtOnce
                || remaining <= TimeSpan.Zero
                || lifetime.ApplicationStopping.IsCancellationRequested)
            {
                return response;
            }

            await WaitAsync(signal, remaining, cancellationToken);
        }
    }

    /// <summary>
    /// Notes what the client knows once it has the answer: to be called when all of that is written, and before the end
    /// of it is sent.
    /// </summary>
    public void Told(SyncRequest request, SyncResponse response) =>
        sentMembers.Record(request, response.NextBatch.Position, response.Sent);

    private async Task WaitAsync(ChangeSignal signal, TimeSpan remaining, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        metrics.WaitBegins();
        try
        {
            await signal.WaitAsync(remaining, time, cancellationToken);
        }
        finally
        {
            metrics.WaitEnds(byChange: !cancellationToken.IsCancellationRequested && time.GetElapsedTime(began) < remaining);
        }
    }
}
