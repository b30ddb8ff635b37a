using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.AccountData;

/// <summary>A user's account data was written, globally or for a room; or deleted, when the content is empty.</summary>
internal sealed class AccountDataChange(UserId owner, RoomId? roomId, string type, byte[] content) : StreamChange
{
    public UserId Owner { get; } = owner;

    public string Type { get; } = type;

    public byte[] Content { get; } = content;

    public bool IsDeletion => Content.Length == 0;

    public override ChangeKinds Kind => ChangeKinds.AccountData;

    public override RoomId? RoomId { get; } = roomId;

    public override bool IsRoomWide => false;

    public override UserId? UserId => Owner;
}
