namespace Matrix.Realtime.Presence;

/// <summary>Whether a user is there, the least available first: of several devices the last in this order counts.</summary>
public enum PresenceState
{
    /// <summary>Not connected, or wishing to seem so.</summary>
    Offline,

    /// <summary>Connected, and not active for a while.</summary>
    Unavailable,

    /// <summary>Connected.</summary>
    Online,

    /// <summary>Connected, and not to be disturbed (MSC3026). Does not pass by itself.</summary>
    Busy,
}
