using System.Text.Json.Serialization;

namespace Matrix.Realtime.Discovery;

/// <summary>A capability that is only on or off.</summary>
internal sealed record Capability([property: JsonPropertyName("enabled")] bool Enabled);
