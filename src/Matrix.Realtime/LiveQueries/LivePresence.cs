using Matrix.Realtime.Presence;

namespace Matrix.Realtime.LiveQueries;

/// <summary>A user came, went, or said something about themselves.</summary>
public sealed record LivePresence : LiveChange
{
    internal LivePresence()
    {
    }

    /// <summary>Whether the user is there.</summary>
    public required PresenceState State { get; init; }

    /// <summary>What they say about themselves, if anything.</summary>
    public string? StatusMessage { get; init; }

    /// <summary>
    /// Whether they are active at this moment; null when they are not online or the server keeps that to itself.
    /// </summary>
    public bool? CurrentlyActive { get; init; }

    /// <summary>
    /// How long ago they were last active, to the millisecond; null when that is not known or the server keeps it to
    /// itself.
    /// </summary>
    public TimeSpan? LastActiveAgo { get; init; }
}
