using System.Text.Json.Serialization;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.State;

namespace Matrix.Realtime.RoomDirectory.Listing;

/// <summary>What everybody who may find a room is told of it.</summary>
internal record PublishedRoomsChunk
{
    protected PublishedRoomsChunk(RoomFacts room)
    {
        RoomId = room.RoomId;
        JoinedMembers = room.JoinedCount;
        IsWorldReadable = room.IsWorldReadable;
        GuestCanJoin = room.GuestsCanJoin;
        JoinRule = room.JoinRule;
        CanonicalAlias = room.CanonicalAlias;
        Name = room.Name;
        Topic = room.Topic;
        AvatarUrl = room.AvatarUrl;
        RoomType = room.RoomType;
    }

    [JsonPropertyName("room_id")]
    public RoomId RoomId { get; }

    [JsonPropertyName("num_joined_members")]
    public int JoinedMembers { get; }

    [JsonPropertyName("world_readable")]
    public bool IsWorldReadable { get; }

    [JsonPropertyName("guest_can_join")]
    public bool GuestCanJoin { get; }

    [JsonPropertyName("join_rule")]
    public string JoinRule { get; }

    [JsonPropertyName("canonical_alias")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? CanonicalAlias { get; }

    [JsonPropertyName("name")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Name { get; }

    [JsonPropertyName("topic")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Topic { get; }

    [JsonPropertyName("avatar_url")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? AvatarUrl { get; }

    [JsonPropertyName("room_type")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? RoomType { get; }

    public static PublishedRoomsChunk Of(RoomFacts room) => new(room);
}
