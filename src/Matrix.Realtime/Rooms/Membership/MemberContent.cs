using System.Text.Json;
using Matrix.Realtime.Json;

namespace Matrix.Realtime.Rooms.Membership;

/// <summary>The content of <c>m.room.member</c> events that the server writes for its users.</summary>
internal static class MemberContent
{
    public static byte[] Create(string membership, string? reason = null, bool isDirect = false)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("membership"u8, membership);
            if (reason is not null)
            {
                writer.WriteString("reason"u8, reason);
            }

            if (isDirect)
            {
                writer.WriteBoolean("is_direct"u8, true);
            }

            writer.WriteEndObject();
        }

        using var document = JsonDocument.Parse(buffer.ToArray());
        return CanonicalJson.Serialize(document.RootElement);
    }
}
