namespace Matrix.Realtime.Presence;

/// <summary>What others are to see of a user that the server itself finds out.</summary>
internal readonly record struct SeenPresence(PresenceState State, bool CurrentlyActive);
