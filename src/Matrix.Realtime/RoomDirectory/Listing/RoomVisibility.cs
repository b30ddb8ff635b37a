using System.Text.Json.Serialization;

namespace Matrix.Realtime.RoomDirectory.Listing;

/// <summary>Whether a room is on the list of public rooms, as request and as response.</summary>
internal sealed record RoomVisibility
{
    public const string Public = "public";
    public const string Private = "private";

    /// <summary>Public unless given.</summary>
    [JsonPropertyName("visibility")]
    public string? Visibility { get; init; }

    public static RoomVisibility Of(bool isPublic) => new() { Visibility = isPublic ? Public : Private };
}
