using System.Text.Json.Serialization;

namespace Matrix.Realtime.Presence;

/// <summary>What <c>getPresence</c> answers.</summary>
internal sealed record PresenceStatus
{
    public static readonly PresenceStatus Offline = new() { Presence = PresenceStates.Offline };

    [JsonPropertyName("presence")]
    public required string Presence { get; init; }

    /// <summary>In milliseconds.</summary>
    [JsonPropertyName("last_active_ago")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? LastActiveAgo { get; init; }

    [JsonPropertyName("status_msg")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? StatusMessage { get; init; }

    /// <summary>Only of those who are online.</summary>
    [JsonPropertyName("currently_active")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? CurrentlyActive { get; init; }

    public static PresenceStatus From(PresenceEvent seen) => new()
    {
        Presence = PresenceStates.NameOf(seen.Presence.State),
        LastActiveAgo = seen.LastActiveAgo,
        StatusMessage = seen.Presence.StatusMessage,
        CurrentlyActive = seen.IsActive,
    };
}
