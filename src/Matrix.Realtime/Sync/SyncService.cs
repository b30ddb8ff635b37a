using Matrix.Realtime.AccountData;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.State;
using Matrix.Realtime.Streams;
using Microsoft.Extensions.Hosting;

namespace Matrix.Realtime.Sync;

/// <summary>Answers <c>/sync</c>: at once when there is news, else when there is, or when the time is up.</summary>
internal sealed class SyncService(
    LiveState live,
    RoomStates states,
    AccountDataService accountData,
    SyncReader reader,
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
            request.UserId, request.Filter, sender => accountData.FindIgnored(request.UserId).Contains(sender));
        var started = time.GetTimestamp();
        while (true)
        {
            var feed = await FollowAsync(request.UserId, cancellationToken);
            using var signal = feed.Capture(interest);
            var response = await reader.ReadAsync(request, live.Current, feed, cancellationToken);
            var remaining = request.Timeout - time.GetElapsedTime(started);
            if (!response.IsEmpty
                || request.AnswersAtOnce
                || remaining <= TimeSpan.Zero
                || lifetime.ApplicationStopping.IsCancellationRequested)
            {
                return response;
            }

            await signal.WaitAsync(remaining, time, cancellationToken);
        }
    }

    private async ValueTask<UserFeed> FollowAsync(UserId userId, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (live.Follow(userId, view => states.FindJoinedRooms(view, userId)) is { } feed)
            {
                return feed;
            }

            await states.GetUserRoomsAsync(live.Current, userId, cancellationToken);
        }
    }
}
