namespace Matrix.Realtime.Rooms.Membership;

/// <summary>What member events repeat of their user's profile.</summary>
internal readonly record struct MemberProfile(string? DisplayName, string? AvatarUrl);
