using System.Text.Json.Serialization;
using Matrix.Realtime.Rooms.State;

namespace Matrix.Realtime.Spaces;

/// <summary>One room of a tree, with the children that it names.</summary>
internal sealed record SpaceHierarchyRoomsChunk : RoomSummary
{
    private SpaceHierarchyRoomsChunk(RoomState room, IEnumerable<SpaceChild> children)
        : base(room) =>
        ChildrenState = [.. children.Select(child => StrippedChildStateEvent.Of(child.Event.Pdu))];

    [JsonPropertyName("children_state")]
    public IReadOnlyList<StrippedChildStateEvent> ChildrenState { get; }

    public static SpaceHierarchyRoomsChunk Of(RoomState room, IEnumerable<SpaceChild> children) => new(room, children);
}
