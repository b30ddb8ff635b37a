namespace Matrix.Realtime.Rooms.Events;

/// <summary>The event types that the server itself reads or writes, as the specification names them.</summary>
internal static class EventTypes
{
    public const string Create = "m.room.create";
    public const string Member = "m.room.member";
    public const string JoinRules = "m.room.join_rules";
    public const string PowerLevels = "m.room.power_levels";
    public const string HistoryVisibility = "m.room.history_visibility";
    public const string GuestAccess = "m.room.guest_access";
    public const string ThirdPartyInvite = "m.room.third_party_invite";
    public const string Redaction = "m.room.redaction";
    public const string Message = "m.room.message";
    public const string Encrypted = "m.room.encrypted";
    public const string Encryption = "m.room.encryption";
    public const string Name = "m.room.name";
    public const string Topic = "m.room.topic";
    public const string Avatar = "m.room.avatar";
    public const string CanonicalAlias = "m.room.canonical_alias";
    public const string Tombstone = "m.room.tombstone";
    public const string SpaceChild = "m.space.child";
    public const string SpaceParent = "m.space.parent";
    public const string ServerAcl = "m.room.server_acl";
}
