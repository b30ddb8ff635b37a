using System.Collections.Concurrent;
using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.Typing;

/// <summary>
/// The deadlines of everybody who types, by room and user. Armed and disarmed by the writer's loop alone.
/// </summary>
internal sealed class TypingTimers(TimeProvider time) : IDisposable
{
    private readonly ConcurrentDictionary<(RoomId RoomId, UserId UserId), TypingTimer> _timers = new();

    public TypingTimer? Find(RoomId roomId, UserId userId) => _timers.GetValueOrDefault((roomId, userId));

    /// <summary>Starts the deadline of a typing that has just begun, or starts it over.</summary>
    public void Arm(RoomId roomId, UserId userId, DateTimeOffset deadline, Action<TypingTimer> expired)
    {
        if (_timers.TryGetValue((roomId, userId), out var timer))
        {
            timer.Restart(deadline);
        }
        else
        {
            _timers[(roomId, userId)] = new TypingTimer(deadline, time, expired);
        }
    }

    /// <summary>Drops the deadline of a typing that has ended.</summary>
    public void Disarm(RoomId roomId, UserId userId)
    {
        if (_timers.TryRemove((roomId, userId), out var timer))
        {
            timer.Dispose();
        }
    }

    public void Dispose()
    {
        foreach (var timer in _timers.Values)
        {
            timer.Dispose();
        }
    }
}
