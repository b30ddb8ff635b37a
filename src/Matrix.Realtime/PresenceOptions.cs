namespace Matrix.Realtime;

/// <summary>Whether users are there.</summary>
public sealed class PresenceOptions
{
    /// <summary>
    /// Whether there is presence at all. Without, what clients set is taken and dropped, and everybody is offline.
    /// </summary>
    public bool Enabled { get; set; } = true;

    /// <summary>How long after their last activity somebody online becomes unavailable.</summary>
    public TimeSpan IdleAfter { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long after their last sync somebody becomes offline; five minutes at most.</summary>
    public TimeSpan OfflineAfter { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long after an activity somebody counts as currently active.</summary>
    public TimeSpan ActiveFor { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// The longest that a change of presence alone waits before it ends the syncs that wait for it, so that several
    /// end them together.
    /// </summary>
    public TimeSpan WakeWithin { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Whether others see when somebody was last active.</summary>
    public bool ShareLastActive { get; set; } = true;

    /// <summary>Rooms with more members do not make these see each other's presence. Unset means no limit.</summary>
    public int? MaxRoomMembers { get; set; }

    /// <summary>The ids of rooms that do not make their members see each other's presence.</summary>
    public IList<string> ExcludedRooms { get; } = [];
}
