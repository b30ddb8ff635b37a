using System.Text.Json.Serialization;
using Matrix.Realtime.Rooms.State;

namespace Matrix.Realtime.RoomDirectory.Listing;

/// <summary>Which rooms are wanted.</summary>
internal sealed record PublicRoomsFilter
{
    [JsonPropertyName("generic_search_term")]
    public string? SearchTerm { get; init; }

    /// <summary>The wanted types; null stands for rooms without one.</summary>
    [JsonPropertyName("room_types")]
    public IReadOnlyList<string?>? RoomTypes { get; init; }

    public bool Allows(RoomFacts room) =>
        RoomTypes?.Contains(room.RoomType) != false
        && (string.IsNullOrEmpty(SearchTerm)
            || Holds(room.Name) || Holds(room.Topic) || Holds(room.CanonicalAlias));

    private bool Holds(string? text) => text?.Contains(SearchTerm!, StringComparison.OrdinalIgnoreCase) == true;
}
