using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.State;

namespace Matrix.Realtime.RoomDirectory.Listing;

/// <summary>A room's place in the list: the largest first, and one order among rooms of the same size.</summary>
internal readonly record struct ListingOrder(int JoinedCount, RoomId RoomId) : IComparable<ListingOrder>
{
    /// <summary>Compares rooms by their places.</summary>
    public static readonly IComparer<RoomFacts> OfRooms =
        Comparer<RoomFacts>.Create((first, second) => Of(first).CompareTo(Of(second)));

    public static ListingOrder Of(RoomFacts room) => new(room.JoinedCount, room.RoomId);

    public int CompareTo(ListingOrder other)
    {
        var bySize = other.JoinedCount.CompareTo(JoinedCount);
        return bySize != 0 ? bySize : string.CompareOrdinal(RoomId.Value, other.RoomId.Value);
    }
}
