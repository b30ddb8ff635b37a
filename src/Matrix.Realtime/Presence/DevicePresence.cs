using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.Presence;

/// <summary>What one device of a user says. Guarded by the lock of its <see cref="PresentUser"/>.</summary>
/// <param name="deviceId">The device; null for what is remembered from before a restart.</param>
internal sealed class DevicePresence(DeviceId? deviceId)
{
    public DeviceId? DeviceId { get; } = deviceId;

    /// <summary>What the device last said of itself, by a sync or explicitly.</summary>
    public PresenceState Declared { get; set; }

    /// <summary>How many syncs are open that count.</summary>
    public int Polls { get; set; }

    /// <summary>When the device last closed such a sync, or did anything.</summary>
    public DateTimeOffset LastSeen { get; set; }

    public DateTimeOffset LastActive { get; set; }

    public bool IsGone(DateTimeOffset now, PresenceOptions options) => Polls == 0 && LastSeen + options.OfflineAfter <= now;

    public PresenceState At(DateTimeOffset now, PresenceOptions options) =>
        Declared == PresenceState.Online && LastActive + options.IdleAfter <= now ? PresenceState.Unavailable : Declared;

    /// <summary>When the device changes by itself; null when it does not.</summary>
    public DateTimeOffset? NextChange(DateTimeOffset now, PresenceOptions options)
    {
        var gone = Polls == 0 ? LastSeen + options.OfflineAfter : DateTimeOffset.MaxValue;
        var idle = Declared == PresenceState.Online && LastActive + options.IdleAfter > now
            ? LastActive + options.IdleAfter
            : DateTimeOffset.MaxValue;
        var next = gone < idle ? gone : idle;
        return next == DateTimeOffset.MaxValue ? null : next;
    }
}
