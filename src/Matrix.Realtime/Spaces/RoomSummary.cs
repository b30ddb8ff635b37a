using System.Text.Json.Serialization;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.RoomDirectory.Listing;
using Matrix.Realtime.Rooms.Authorization;
using Matrix.Realtime.Rooms.State;

namespace Matrix.Realtime.Spaces;

/// <summary>What somebody is told of a room that they may find.</summary>
internal abstract record RoomSummary : PublishedRoomsChunk
{
    protected RoomSummary(RoomState room)
        : this(room, RoomFacts.Of(room))
    {
    }

    private RoomSummary(RoomState room, RoomFacts facts)
        : base(facts)
    {
        RoomVersion = room.Version!.Id;
        Encryption = facts.Encryption;
        AllowedRoomIds = JoinRules.IsRestricted(facts.JoinRule) ? room.RoomsAllowedToJoin() : null;
    }

    [JsonPropertyName("room_version")]
    public string RoomVersion { get; }

    [JsonPropertyName("encryption")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Encryption { get; }

    [JsonPropertyName("allowed_room_ids")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<RoomId>? AllowedRoomIds { get; }
}
