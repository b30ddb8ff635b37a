using System.Text.Json;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.Events;
using Matrix.Realtime.Rooms.Versions;

namespace Matrix.Realtime.Rooms.Authorization;

/// <summary>Who created a room, as its version defines it.</summary>
internal static class RoomCreators
{
    /// <summary>The one user whose first join needs no permission.</summary>
    public static string? Founder(RoomVersion version, Pdu create) =>
        version.CreatorInContent ? create.Content.String("creator") : create.Sender.Value;

    /// <summary>Whether the user stands above all power levels, as creators do from room version 12 on.</summary>
    public static bool IsPrivileged(RoomVersion version, Pdu create, string userId) =>
        version.CreatorsArePrivileged
        && (create.Sender.Value == userId || IsAdditional(create.Content, userId));

    /// <summary>The founder, and from room version 12 on those who stand beside them.</summary>
    public static IEnumerable<UserId> All(RoomVersion version, Pdu create)
    {
        if (UserId.TryParse(Founder(version, create), out var founder))
        {
            yield return founder;
        }

        foreach (var creator in version.CreatorsArePrivileged ? Additional(create.Content) : [])
        {
            yield return creator;
        }
    }

    /// <summary>Whether <c>additional_creators</c> is absent or a list of user ids.</summary>
    public static bool AreValid(JsonElement createContent)
    {
        if (!createContent.TryGet("additional_creators", out var creators))
        {
            return true;
        }

        return creators.ValueKind == JsonValueKind.Array
            && creators.EnumerateArray().All(creator =>
                creator.ValueKind == JsonValueKind.String && UserId.TryParse(creator.GetString(), out _));
    }

    /// <summary>The well-formed entries of <c>additional_creators</c>.</summary>
    public static IEnumerable<UserId> Additional(JsonElement createContent)
    {
        if (!createContent.TryGet("additional_creators", JsonValueKind.Array, out var creators))
        {
            yield break;
        }

        foreach (var creator in creators.EnumerateArray())
        {
            if (creator.ValueKind == JsonValueKind.String && UserId.TryParse(creator.GetString(), out var userId))
            {
                yield return userId;
            }
        }
    }

    private static bool IsAdditional(JsonElement createContent, string userId) =>
        createContent.TryGet("additional_creators", JsonValueKind.Array, out var creators)
        && creators.EnumerateArray().Any(creator =>
            creator.ValueKind == JsonValueKind.String && creator.ValueEquals(userId));
}
