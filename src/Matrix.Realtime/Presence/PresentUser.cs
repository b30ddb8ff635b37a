using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.Presence;

/// <summary>
/// A user who is there, or was a moment ago: what their devices say, and what follows from that for the user.
/// </summary>
internal sealed class PresentUser(UserId userId, PresenceOptions options)
{
    private readonly List<DevicePresence> _devices = [];

    /// <summary>Guards everything below.</summary>
    public Lock Lock { get; } = new();

    public UserId UserId { get; } = userId;

    /// <summary>Whether the user is no longer tracked, so that whoever still holds this has to begin anew.</summary>
    public bool IsForgotten { get; set; }

    /// <summary>What others see at last.</summary>
    public SeenPresence Published { get; set; }

    /// <summary>The change that is under way to make others see what holds now.</summary>
    public Task? Publishing { get; set; }

    /// <summary>When the user was last active; the epoch if never.</summary>
    public DateTimeOffset LastActive { get; private set; } = DateTimeOffset.UnixEpoch;

    /// <summary>The <see cref="LastActive"/> that the database has.</summary>
    public DateTimeOffset StoredLastActive { get; set; } = DateTimeOffset.UnixEpoch;

    /// <summary>When the schedule calls. Guarded by the lock of the schedule.</summary>
    public DateTimeOffset ScheduledAt { get; set; } = DateTimeOffset.MaxValue;

    /// <summary>Whether any device is there.</summary>
    public bool HasDevices => _devices.Count > 0;

    /// <summary>A device begins to sync. Only a device that says something new changes anything.</summary>
    public void OpenPoll(DeviceId deviceId, PresenceState declared, DateTimeOffset now)
    {
        var device = Find(deviceId, now);
        if (device is null)
        {
            device = Add(deviceId);
            if (Find(null, now) is { } remembered && (remembered.Declared == declared || remembered.Declared == PresenceState.Busy))
            {
                (device.Declared, device.LastActive) = (remembered.Declared, remembered.LastActive);
            }
        }

        device.Polls++;
        if (device.Declared != declared && device.Declared != PresenceState.Busy)
        {
            device.Declared = declared;
            if (declared == PresenceState.Online)
            {
                Touch(device, now);
            }
        }
    }

    public void ClosePoll(DeviceId deviceId, DateTimeOffset now)
    {
        if (Find(deviceId, now) is { Polls: > 0 } device)
        {
            device.Polls--;
            device.LastSeen = now;
        }
    }

    /// <summary>The user says themselves what they are, on this device; that is activity in itself.</summary>
    public void Declare(DeviceId deviceId, PresenceState declared, DateTimeOffset now)
    {
        // What was remembered of a device that has not come back is outdated now.
        _devices.RemoveAll(device => device.DeviceId is null);
        var device = Find(deviceId, now) ?? Add(deviceId);
        device.Declared = declared;
        Touch(device, now);
    }

    /// <summary>
    /// The user does something that shows them to be there. On a device that does not sync it counts for those that do.
    /// </summary>
    public void Touch(DeviceId deviceId, DateTimeOffset now)
    {
        LastActive = now;
        var there = _devices.Where(device => !device.IsGone(now, options));
        if ((Find(deviceId, now) ?? there.MaxBy(device => device.Declared)) is { } device)
        {
            device.Declared = device.Declared == PresenceState.Unavailable ? PresenceState.Online : device.Declared;
            Touch(device, now);
        }
    }

    /// <summary>Takes over what others saw before a restart, as if the user's syncs had all ended just now.</summary>
    public void Restore(UserPresence presence, DateTimeOffset now)
    {
        LastActive = StoredLastActive = DateTimeOffset.FromUnixTimeMilliseconds(presence.LastActiveTs);
        Published = new(presence.State, presence.CurrentlyActive);
        var wasIdle = presence.State == PresenceState.Unavailable && LastActive + options.IdleAfter <= now;

        // While somebody is active, or nobody sees when they cease to be, it is not written down when they last were.
        var mayBeActive = presence.CurrentlyActive || (presence.State == PresenceState.Online && !options.ShareLastActive);
        _devices.Clear();
        _devices.Add(new(null)
        {
            Declared = wasIdle ? PresenceState.Online : presence.State,
            LastSeen = now,
            LastActive = mayBeActive ? now : LastActive,
        });
    }

    /// <summary>What others are to see now.</summary>
    public SeenPresence Assess(DateTimeOffset now)
    {
        _devices.RemoveAll(device => device.IsGone(now, options));
        var state = PresenceState.Offline;
        var lastActive = DateTimeOffset.UnixEpoch;
        foreach (var device in _devices)
        {
            var said = device.At(now, options);
            state = said > state ? said : state;
            lastActive = device.LastActive > lastActive ? device.LastActive : lastActive;
        }

        return new(state, options.ShareLastActive && state == PresenceState.Online && lastActive + options.ActiveFor > now);
    }

    /// <summary>When that may change by itself, at the latest when there is nothing left to know of the user.</summary>
    public DateTimeOffset? NextChange(DateTimeOffset now)
    {
        if (_devices.Count == 0)
        {
            return LastActive + options.ActiveFor > now ? LastActive + options.ActiveFor : now;
        }

        var next = Assess(now).CurrentlyActive ? _devices.Max(device => device.LastActive) + options.ActiveFor : (DateTimeOffset?)null;
        foreach (var device in _devices)
        {
            next = device.NextChange(now, options) is { } change && !(next <= change) ? change : next;
        }

        return next;
    }

    private DevicePresence? Find(DeviceId? deviceId, DateTimeOffset now) =>
        _devices.Find(device => device.DeviceId == deviceId && !device.IsGone(now, options));

    private DevicePresence Add(DeviceId deviceId)
    {
        _devices.RemoveAll(device => device.DeviceId == deviceId);
        var added = new DevicePresence(deviceId);
        _devices.Add(added);
        return added;
    }

    private void Touch(DevicePresence device, DateTimeOffset now) => LastActive = device.LastActive = device.LastSeen = now;
}
