using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.RoomDirectory.Aliases;

/// <summary>What an alias points at.</summary>
internal sealed record RoomAliasState : LiveSnapshot
{
    /// <summary>Null when nobody has the alias.</summary>
    public RoomId? RoomId { get; init; }

    /// <summary>Who made the alias last; unset when nobody did.</summary>
    public UserId Creator { get; init; }
}
