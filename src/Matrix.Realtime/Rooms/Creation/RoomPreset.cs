using System.Diagnostics.CodeAnalysis;
using Matrix.Realtime.Rooms.Authorization;

namespace Matrix.Realtime.Rooms.Creation;

/// <summary>The rules that a new room starts with (client-server API, <c>createRoom</c>, <c>preset</c>).</summary>
internal sealed record RoomPreset
{
    public static readonly RoomPreset PrivateChat = new()
    {
        Name = "private_chat",
        JoinRule = JoinRules.Invite,
        GuestAccess = "can_join",
        InviteLevel = 0,
    };

    public static readonly RoomPreset TrustedPrivateChat = PrivateChat with
    {
        Name = "trusted_private_chat",
        TrustsInvitees = true,
    };

    public static readonly RoomPreset PublicChat = new()
    {
        Name = "public_chat",
        JoinRule = JoinRules.Public,
        GuestAccess = "forbidden",
        InviteLevel = 50,
    };

    private static readonly RoomPreset[] All = [PrivateChat, TrustedPrivateChat, PublicChat];

    public required string Name { get; init; }

    public required string JoinRule { get; init; }

    public required string GuestAccess { get; init; }

    /// <summary>The power level that inviting takes.</summary>
    public required long InviteLevel { get; init; }

    public string HistoryVisibility { get; init; } = "shared";

    /// <summary>Whether the invited users get the power of the creator.</summary>
    public bool TrustsInvitees { get; init; }

    /// <summary>The preset of a room for which the client names none.</summary>
    public static RoomPreset ForVisibility(bool isPublic) => isPublic ? PublicChat : PrivateChat;

    public static bool TryGet(string? name, [NotNullWhen(true)] out RoomPreset? preset)
    {
        preset = Array.Find(All, candidate => candidate.Name == name);
        return preset is not null;
    }
}
