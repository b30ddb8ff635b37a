using System.Text.Json.Serialization;

namespace Matrix.Realtime.RoomDirectory.Listing;

/// <summary>The body of <c>POST /publicRooms</c>.</summary>
internal sealed record PublicRoomsRequest
{
    [JsonPropertyName("limit")]
    public long? Limit { get; init; }

    [JsonPropertyName("since")]
    public string? Since { get; init; }

    [JsonPropertyName("filter")]
    public PublicRoomsFilter? Filter { get; init; }

    /// <summary>A network that is bridged here: there is none, so that it has no rooms.</summary>
    [JsonPropertyName("third_party_instance_id")]
    public string? ThirdPartyInstanceId { get; init; }
}
