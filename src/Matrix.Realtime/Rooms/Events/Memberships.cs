namespace Matrix.Realtime.Rooms.Events;

/// <summary>The values of <c>membership</c> in <c>m.room.member</c>.</summary>
internal static class Memberships
{
    public const string Join = "join";
    public const string Invite = "invite";
    public const string Leave = "leave";
    public const string Ban = "ban";
    public const string Knock = "knock";
}
