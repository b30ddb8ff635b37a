using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.Typing;

/// <summary>A user started or stopped typing in a room.</summary>
internal sealed class TypingChange(RoomId roomId, UserId typist, bool isTyping) : StreamChange
{
    public UserId Typist { get; } = typist;

    public bool IsTyping { get; } = isTyping;

    public override ChangeKinds Kind => ChangeKinds.Typing;

    public override RoomId? RoomId { get; } = roomId;
}
