using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.RoomDirectory.Aliases;

/// <summary>
/// An alias was pointed at a room, or at none. Clients do not see it by syncing; it is a change so that aliases are
/// claimed in the order of the stream.
/// </summary>
internal sealed class RoomAliasChange(RoomAlias alias, RoomId? target, UserId creator) : StreamChange
{
    public RoomAlias Alias { get; } = alias;

    public RoomId? Target { get; } = target;

    public UserId Creator { get; } = creator;

    public override ChangeKinds Kind => ChangeKinds.None;
}
