using System.Buffers;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Json;

namespace Matrix.Realtime.Typing;

/// <summary>The ephemeral event <c>m.typing</c> (client-server API, "Typing notifications").</summary>
internal static class TypingEvent
{
    public const string Type = "m.typing";

    /// <summary>The event as it stands in a sync, without a <c>room_id</c>.</summary>
    public static byte[] Encode(IEnumerable<UserId> users)
    {
        var output = new ArrayBufferWriter<byte>(128);
        output.Write("{\"type\":\"m.typing\",\"content\":{\"user_ids\":["u8);
        var separator = ""u8;
        foreach (var user in users)
        {
            output.Write(separator);
            JsonText.WriteString(output, user.Value);
            separator = ","u8;
        }

        output.Write("]}}"u8);
        return output.WrittenSpan.ToArray();
    }
}
