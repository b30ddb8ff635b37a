using System.Collections.Immutable;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.Rooms.State;

/// <summary>The rooms that one user has, or had, a membership in.</summary>
internal sealed record UserRooms : LiveSnapshot
{
    public required ImmutableDictionary<RoomId, UserRoom> Rooms { get; init; }

    public override int Weight => 1 + Rooms.Count;

    /// <summary>The rooms that the user is joined to.</summary>
    public IEnumerable<RoomId> Joined => Rooms.Where(room => room.Value.IsJoined).Select(room => room.Key);

    public UserRoom this[RoomId roomId] => Rooms.GetValueOrDefault(roomId, UserRoom.None);
}
