using System.Collections.Immutable;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.State;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.RoomDirectory.Listing;

/// <summary>The public rooms, with what the list shows of them.</summary>
internal sealed record PublishedRooms : LiveSnapshot
{
    public ImmutableDictionary<RoomId, RoomFacts> Rooms { get; init; } = [];

    /// <summary>The same rooms, the largest first.</summary>
    public ImmutableSortedSet<RoomFacts> InOrder { get; init; } = ImmutableSortedSet.Create(ListingOrder.OfRooms);

    public override int Weight => 1 + Rooms.Count;

    public bool Contains(RoomId roomId) => Rooms.ContainsKey(roomId);

    public PublishedRooms With(RoomFacts room)
    {
        var others = Without(room.RoomId);
        return others with { Rooms = others.Rooms.Add(room.RoomId, room), InOrder = others.InOrder.Add(room) };
    }

    public PublishedRooms Without(RoomId roomId) => Rooms.TryGetValue(roomId, out var known)
        ? this with { Rooms = Rooms.Remove(roomId), InOrder = InOrder.Remove(known) }
        : this;
}
