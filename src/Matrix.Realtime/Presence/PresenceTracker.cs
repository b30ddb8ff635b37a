using System.Collections.Concurrent;
using Matrix.Realtime.Http;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.State;
using Matrix.Realtime.Streams;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Matrix.Realtime.Presence;

/// <summary>
/// Knows in memory who is there: who syncs, what their devices say, when they were last active. Only what others see of
/// it changing goes through the stream; all else costs nothing but memory, and that only while the user is there.
/// </summary>
internal sealed class PresenceTracker : IUserActivity
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    /// <summary>How far the last activity that is written down may be behind while somebody is active.</summary>
    private static readonly TimeSpan StoreLastActiveAfter = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<UserId, PresentUser> _users = new();
    private readonly ChangeWriter _changes;
    private readonly PresenceWriter _writer;
    private readonly PresenceSchedule _schedule;
    private readonly RoomStates _states;
    private readonly PresenceOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<PresenceTracker> _logger;

    public PresenceTracker(
        ChangeWriter changes,
        PresenceWriter writer,
        PresenceSchedule schedule,
        RoomStates states,
        IOptions<RealtimeOptions> options,
        TimeProvider time,
        ILogger<PresenceTracker> logger)
    {
        _changes = changes;
        _writer = writer;
        _schedule = schedule;
        _states = states;
        _options = options.Value.Presence;
        _time = time;
        _logger = logger;
        schedule.Due = Look;
    }

    /// <summary>
    /// A sync begins: until the result is disposed, its device is there. <see cref="PresenceState.Offline"/> means that
    /// this sync does not count. Returns when others can see what it changes, which is nothing most of the time.
    /// </summary>
    public async ValueTask<PresencePoll> OpenAsync(Requester requester, PresenceState declared)
    {
        if (!_options.Enabled || declared == PresenceState.Offline)
        {
            return new(null, requester);
        }

        await UpdateAsync(requester.UserId, (user, now) => user.OpenPoll(requester.DeviceId, declared, now));
        return new(this, requester);
    }

    public void Close(Requester requester) =>
        _ = UpdateAsync(requester.UserId, (user, now) => user.ClosePoll(requester.DeviceId, now));

    /// <summary>Takes what a user says themselves of their presence, and makes others see it.</summary>
    public async Task DeclareAsync(
        Requester requester, PresenceState declared, string? statusMessage, CancellationToken cancellationToken)
    {
        await _states.FollowAsync(requester.UserId, cancellationToken);
        var user = Update(requester.UserId, (user, now) => user.Declare(requester.DeviceId, declared, now));
        try
        {
            await _changes.SubmitAsync(
                batch => PublishAsync(batch, user, presence => presence with { StatusMessage = statusMessage }),
                cancellationToken,
                ChangeDurability.Volatile);
        }
        finally
        {
            await RefreshAsync(user);
        }
    }

    public ValueTask OnActiveAsync(Requester requester) => _options.Enabled
        ? UpdateAsync(requester.UserId, (user, now) => user.Touch(requester.DeviceId, now))
        : ValueTask.CompletedTask;

    /// <summary>Takes over what others saw before a restart.</summary>
    public void Restore(UserPresence presence)
    {
        var user = Update(presence.UserId, (user, now) => user.Restore(presence, now));
        _schedule.Add(user, _time.GetUtcNow());
    }

    /// <summary>When somebody was last active, in milliseconds since the epoch; 0 if that is not known.</summary>
    public long LastActiveTs(UserPresence presence)
    {
        if (!_users.TryGetValue(presence.UserId, out var user))
        {
            return presence.LastActiveTs;
        }

        lock (user.Lock)
        {
            return Math.Max(user.LastActive.ToUnixTimeMilliseconds(), presence.LastActiveTs);
        }
    }

    private ValueTask UpdateAsync(UserId userId, Action<PresentUser, DateTimeOffset> update) =>
        RefreshAsync(Update(userId, update));

    private PresentUser Update(UserId userId, Action<PresentUser, DateTimeOffset> update)
    {
        while (true)
        {
            var user = _users.GetOrAdd(userId, static (userId, options) => new(userId, options), _options);
            lock (user.Lock)
            {
                if (!user.IsForgotten)
                {
                    update(user, _time.GetUtcNow());
                    return user;
                }
            }
        }
    }

    /// <summary>
    /// Makes others see what holds now, if that is something else than what they see, and plans when to look again.
    /// </summary>
    private ValueTask RefreshAsync(PresentUser user)
    {
        lock (user.Lock)
        {
            var now = _time.GetUtcNow();
            if (user.Publishing is null && user.Assess(now) != user.Published)
            {
                user.Publishing = Task.Run(() => PublishAsync(user));
            }

            if (user.NextChange(now) is { } next)
            {
                _schedule.Add(user, next > now ? next : now + RetryAfter);
            }

            return user.Publishing is { } publishing ? new(publishing) : ValueTask.CompletedTask;
        }
    }

    /// <summary>The user's time has come: something passes, or they are not there any more.</summary>
    private void Look(PresentUser user)
    {
        bool isStored;
        lock (user.Lock)
        {
            var now = _time.GetUtcNow();
            user.IsForgotten = user.Publishing is null
                && user.Assess(now) == user.Published
                && !user.HasDevices
                && user.LastActive + _options.ActiveFor <= now;
            isStored = !_options.ShareLastActive
                || user.LastActive == user.StoredLastActive
                || (!user.IsForgotten && user.LastActive < user.StoredLastActive + StoreLastActiveAfter);
        }

        if (!isStored)
        {
            _ = StoreLastActiveAsync(user);
        }

        if (user.IsForgotten)
        {
            _users.TryRemove(KeyValuePair.Create(user.UserId, user));
        }
        else
        {
            _ = RefreshAsync(user);
        }
    }

    private async Task PublishAsync(PresentUser user)
    {
        var isPublished = false;
        try
        {
            // Whoever is there is found among those who poll, and that before others are told.
            await _states.FollowAsync(user.UserId, CancellationToken.None);
            await _changes.SubmitAsync(
                batch => PublishAsync(batch, user, presence => presence), CancellationToken.None, ChangeDurability.Volatile);
            isPublished = true;
        }
        catch (Exception exception)
        {
            Log.PublishingFailed(_logger, user.UserId, exception);
        }

        lock (user.Lock)
        {
            user.Publishing = null;
        }

        if (isPublished)
        {
            _ = RefreshAsync(user);
        }
        else
        {
            _schedule.Add(user, _time.GetUtcNow() + RetryAfter);
        }
    }

    private async ValueTask PublishAsync(ChangeBatch batch, PresentUser user, Func<UserPresence, UserPresence> change)
    {
        SeenPresence seen;
        DateTimeOffset lastActive;
        lock (user.Lock)
        {
            seen = user.Assess(_time.GetUtcNow());
            lastActive = user.LastActive;
        }

        var isWritten = await _writer.WriteAsync(batch, user.UserId, before => change(before) with
        {
            State = seen.State,
            CurrentlyActive = seen.CurrentlyActive,
            LastActiveTs = Math.Max(lastActive.ToUnixTimeMilliseconds(), before.LastActiveTs),
        });
        batch.OnApplied(() =>
        {
            lock (user.Lock)
            {
                user.Published = seen;
                user.StoredLastActive = isWritten ? lastActive : user.StoredLastActive;
            }
        });
    }

    private async Task StoreLastActiveAsync(PresentUser user)
    {
        var lastActive = user.LastActive;
        try
        {
            await _changes.SubmitAsync(
                batch => _writer.WriteLastActiveAsync(batch, user.UserId, lastActive.ToUnixTimeMilliseconds()),
                CancellationToken.None,
                ChangeDurability.Volatile);
            lock (user.Lock)
            {
                user.StoredLastActive = lastActive;
            }
        }
        catch (Exception exception)
        {
            Log.PublishingFailed(_logger, user.UserId, exception);
        }
    }
}
