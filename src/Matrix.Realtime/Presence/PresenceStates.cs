using Matrix.Realtime.Errors;

namespace Matrix.Realtime.Presence;

/// <summary>The names of presence states in the protocol.</summary>
internal static class PresenceStates
{
    public const string Offline = "offline";
    public const string Unavailable = "unavailable";
    public const string Online = "online";
    public const string Busy = "org.matrix.msc3026.busy";

    public static string NameOf(PresenceState state) => state switch
    {
        PresenceState.Unavailable => Unavailable,
        PresenceState.Online => Online,
        PresenceState.Busy => Busy,
        _ => Offline,
    };

    /// <exception cref="MatrixException">M_INVALID_PARAM: there is no such state.</exception>
    public static PresenceState Parse(string name, string parameter) => name switch
    {
        Offline => PresenceState.Offline,
        Unavailable => PresenceState.Unavailable,
        Online => PresenceState.Online,
        Busy => PresenceState.Busy,
        _ => throw MatrixException.InvalidParam($"'{parameter}' must be a presence state."),
    };
}
