using System.Text.Json;
using Matrix.Realtime.Json;

namespace Matrix.Realtime.Rooms.Membership;

/// <summary>The content of <c>m.room.member</c> events that the server writes for its users.</summary>
internal static class MemberContent
{
    private const string DisplayName = "displayname";
    private const string AvatarUrl = "avatar_url";

    public static byte[] Create(
        string membership, MemberProfile profile = default, string? reason = null, bool isDirect = false)
    {
        var content = new CanonicalObject();
        content.Set("membership", membership);
        SetIfAny(content, "reason", reason);
        if (isDirect)
        {
            content.Set("is_direct", "true"u8.ToArray());
        }

        return Encode(content, profile);
    }

    /// <summary>The same content with another profile.</summary>
    public static byte[] Replace(JsonElement content, MemberProfile profile) =>
        Encode(new CanonicalObject(content).Without(DisplayName, AvatarUrl), profile);

    private static byte[] Encode(CanonicalObject content, MemberProfile profile)
    {
        SetIfAny(content, DisplayName, profile.DisplayName);
        SetIfAny(content, AvatarUrl, profile.AvatarUrl);
        return content.ToBytes();
    }

    private static void SetIfAny(CanonicalObject content, string name, string? value)
    {
        if (value is not null)
        {
            content.Set(name, value);
        }
    }
}
