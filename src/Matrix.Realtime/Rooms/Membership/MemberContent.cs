using System.Text.Json;
using Matrix.Realtime.Json;

namespace Matrix.Realtime.Rooms.Membership;

/// <summary>The content of <c>m.room.member</c> events that the server writes for its users.</summary>
internal static class MemberContent
{
    public static byte[] Create(
        string membership, MemberProfile profile = default, string? reason = null, bool isDirect = false)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("membership"u8, membership);
            WriteIfSet(writer, "displayname"u8, profile.DisplayName);
            WriteIfSet(writer, "avatar_url"u8, profile.AvatarUrl);
            WriteIfSet(writer, "reason"u8, reason);
            if (isDirect)
            {
                writer.WriteBoolean("is_direct"u8, true);
            }

            writer.WriteEndObject();
        }

        return CanonicalJson.Serialize(JsonElement.Parse(buffer.ToArray()));
    }

    private static void WriteIfSet(Utf8JsonWriter writer, ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }
}
