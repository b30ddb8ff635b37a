using System.Text.Json.Serialization;

namespace Matrix.Realtime.Discovery;

/// <summary>What an administrator may do to the accounts of others.</summary>
internal sealed record AccountModerationCapability
{
    [JsonPropertyName("lock")]
    public bool Lock { get; } = true;

    [JsonPropertyName("suspend")]
    public bool Suspend { get; } = true;
}
