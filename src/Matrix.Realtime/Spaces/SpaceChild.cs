using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.Events;
using Matrix.Realtime.Rooms.State;

namespace Matrix.Realtime.Spaces;

/// <summary>A valid child of a space, at its place among the others.</summary>
internal sealed record SpaceChild(RoomId RoomId, RoomEvent Event) : IComparable<SpaceChild>
{
    private const string SpaceType = "m.space";
    private const int MaxOrderLength = 50;

    private string? Order { get; } = ValidOrder(Event.Content.String("order"));

    private bool IsSuggested => Event.Content.Boolean("suggested") == true;

    /// <summary>The children of a room, in order; a room that is not a space has none.</summary>
    public static IReadOnlyList<SpaceChild> Of(RoomState room, bool suggestedOnly)
    {
        if (RoomFacts.Of(room).RoomType != SpaceType)
        {
            return [];
        }

        var children = new List<SpaceChild>();
        foreach (var state in room.State.Values)
        {
            if (TryRead(state, out var child) && (!suggestedOnly || child.IsSuggested))
            {
                children.Add(child);
            }
        }

        children.Sort();
        return children;
    }

    /// <summary>
    /// Client-server API, "Ordering of children within a space": those with an order first, then by age, then by id.
    /// </summary>
    public int CompareTo(SpaceChild? other)
    {
        if (other is null)
        {
            return 1;
        }

        var byOrder = Order is null || other.Order is null
            ? (Order is null).CompareTo(other.Order is null)
            : string.CompareOrdinal(Order, other.Order);
        var byAge = Event.Pdu.OriginServerTs.CompareTo(other.Event.Pdu.OriginServerTs);
        return byOrder != 0 ? byOrder
            : byAge != 0 ? byAge
            : string.CompareOrdinal(RoomId.Value, other.RoomId.Value);
    }

    // A child is removed by taking away the servers that it could be reached through.
    private static bool TryRead(RoomEvent state, [NotNullWhen(true)] out SpaceChild? child)
    {
        var isChild = state.Type == EventTypes.SpaceChild
            && state.Content.TryGet("via", JsonValueKind.Array, out var via)
            && via.GetArrayLength() > 0;
        child = isChild && RoomId.TryParse(state.StateKey, out var roomId) ? new SpaceChild(roomId, state) : null;
        return child is not null;
    }

    private static string? ValidOrder(string? order) =>
        order is { Length: <= MaxOrderLength } && order.All(character => character is >= ' ' and <= '~') ? order : null;
}
