using System.Buffers;
using Matrix.Realtime.Json;

namespace Matrix.Realtime.Presence;

/// <summary>The event <c>m.presence</c> as it stands in a sync (client-server API, "Presence").</summary>
/// <param name="Presence">Whose, and what.</param>
/// <param name="LastActiveAgo">For how many milliseconds they have not been active; null when that is unknown or
/// nobody's business.</param>
internal sealed record PresenceEvent(UserPresence Presence, long? LastActiveAgo)
{
    public const string Type = "m.presence";

    /// <summary>Whether they are active at this moment; null for those who are not online.</summary>
    public bool? IsActive => LastActiveAgo is not null && Presence.State == PresenceState.Online ? Presence.CurrentlyActive : null;

    public void WriteTo(IBufferWriter<byte> output)
    {
        output.Write(Presence.EncodeOpenEvent());
        if (LastActiveAgo is { } ago)
        {
            output.Write(",\"last_active_ago\":"u8);
            JsonText.WriteNumber(output, ago);
        }

        if (IsActive is { } isActive)
        {
            output.Write(",\"currently_active\":"u8);
            output.Write(isActive ? "true"u8 : "false"u8);
        }

        output.Write("}}"u8);
    }
}
