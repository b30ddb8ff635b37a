using System.Text.Json.Serialization;
using Matrix.Realtime.Rooms.State;

namespace Matrix.Realtime.Spaces;

/// <summary>A room's summary, with the caller's own place in it.</summary>
internal sealed record RoomSummaryResponse : RoomSummary
{
    private RoomSummaryResponse(RoomState room, string? membership)
        : base(room) =>
        Membership = membership;

    /// <summary>Null for callers who are not logged in.</summary>
    [JsonPropertyName("membership")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Membership { get; }

    public static RoomSummaryResponse Of(RoomState room, string? membership) => new(room, membership);
}
