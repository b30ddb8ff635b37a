using Matrix.Realtime.Errors;
using Matrix.Realtime.Http;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.State;
using Matrix.Realtime.Streams;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Matrix.Realtime.Typing;

/// <summary>
/// Who types where. Starts and stops are changes of the stream; a renewal only moves a deadline in memory, so that it
/// wakes nobody and writes nothing.
/// </summary>
internal sealed class TypingService(
    ChangeWriter writer,
    LiveState live,
    TypingTable table,
    TypingTimers timers,
    TypingStore store,
    RoomStates rooms,
    IOptions<RealtimeOptions> options,
    TimeProvider time,
    ILogger<TypingService> logger)
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    /// <summary>The typing set of a room as of a view, or newer.</summary>
    public ValueTask<TypingState> GetAsync(LiveView view, RoomId roomId, CancellationToken cancellationToken) =>
        live.GetAsync(view, table, roomId, cancellationToken);

    /// <summary>Those of the rooms where somebody started or stopped typing after the position.</summary>
    public Task<IReadOnlyList<RoomId>> ReadChangedRoomsAsync(
        IReadOnlyCollection<RoomId> roomIds, StreamPosition after, CancellationToken cancellationToken) =>
        store.ReadChangedRoomsAsync(roomIds, after, cancellationToken);

    /// <summary>
    /// Those of the rooms where one of the users types, or started or stopped typing after the position.
    /// </summary>
    public Task<IReadOnlyList<RoomId>> ReadRoomsOfAsync(
        IReadOnlyCollection<RoomId> roomIds,
        IReadOnlyCollection<UserId> userIds,
        StreamPosition after,
        CancellationToken cancellationToken) =>
        store.ReadRoomsOfAsync(roomIds, userIds, after, cancellationToken);

    /// <summary>Says that the caller types, for a while counted from now, or no longer does.</summary>
    /// <exception cref="MatrixException">403: for somebody else, or not joined to the room.</exception>
    public async Task SetAsync(
        Requester requester,
        RoomId roomId,
        UserId userId,
        SetTypingRequest request,
        CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (requester.UserId != userId)
        {
            throw MatrixException.Forbidden("You cannot type for another user.");
        }

        if (!(await rooms.GetUserRoomsAsync(live.Current, userId, cancellationToken))[roomId].IsJoined)
        {
            throw MatrixException.Forbidden("You are not joined to this room.");
        }

        var duration = DurationOf(request);
        if (duration > TimeSpan.Zero)
        {
            await StartAsync(roomId, userId, now + duration, cancellationToken);
        }
        else
        {
            await StopAsync(roomId, userId, cancellationToken);
        }
    }

    private TimeSpan DurationOf(SetTypingRequest request)
    {
        var (longest, usual) = (options.Value.Typing.MaxTimeout, options.Value.Typing.DefaultTimeout);
        return !request.Typing ? TimeSpan.Zero
            : request.Timeout is not { } timeout ? usual
            : TimeSpan.FromMilliseconds(Math.Clamp(timeout, 0, longest.TotalMilliseconds));
    }

    private async Task StartAsync(
        RoomId roomId, UserId userId, DateTimeOffset deadline, CancellationToken cancellationToken)
    {
        if (timers.Find(roomId, userId)?.TryRenew(deadline) == true)
        {
            return;
        }

        await GetAsync(live.Current, roomId, cancellationToken);
        await writer.SubmitAsync(
            async batch =>
            {
                if (!await rooms.IsJoinedAsync(batch, roomId, userId))
                {
                    throw MatrixException.Forbidden("You are not joined to this room.");
                }

                if (!(await batch.GetAsync(table, roomId)).Users.Contains(userId))
                {
                    TypingBatch.Write(batch, roomId, userId, isTyping: true);
                }

                timers.Find(roomId, userId)?.Postpone(deadline);
                batch.OnApplied(() =>
                    timers.Arm(roomId, userId, deadline, timer => _ = ExpireAsync(roomId, userId, timer)));
            },
            cancellationToken,
            ChangeDurability.Volatile);
    }

    private async Task StopAsync(RoomId roomId, UserId userId, CancellationToken cancellationToken)
    {
        // A start that came later must queue behind this stop, and a start that came earlier may still be queued before
        // it: so the stop is submitted whether or not the user types now. One that changes nothing writes nothing.
        timers.Find(roomId, userId)?.BeginEnd();
        await GetAsync(live.Current, roomId, cancellationToken);
        await writer.SubmitAsync(
            batch => TypingBatch.StopAsync(batch, table, timers, roomId, userId),
            cancellationToken,
            ChangeDurability.Volatile);
    }

    private async Task ExpireAsync(RoomId roomId, UserId userId, TypingTimer timer)
    {
        try
        {
            await writer.SubmitAsync(
                batch => timers.Find(roomId, userId) == timer && timer.TryBeginExpiry()
                    ? TypingBatch.StopAsync(batch, table, timers, roomId, userId)
                    : ValueTask.CompletedTask,
                CancellationToken.None,
                ChangeDurability.Volatile);
        }
        catch (Exception exception)
        {
            Log.ExpiryFailed(logger, roomId, exception);
            timer.Retry(time.GetUtcNow() + RetryAfter);
        }
    }
}
