using System.Text.Json.Serialization;
using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.ReadMarkers;

/// <summary>The body of <c>setReadMarker</c>; each of the three is moved by itself.</summary>
internal sealed record ReadMarkersRequest
{
    [JsonPropertyName("m.fully_read")]
    public EventId? FullyRead { get; init; }

    [JsonPropertyName("m.read")]
    public EventId? Read { get; init; }

    [JsonPropertyName("m.read.private")]
    public EventId? ReadPrivate { get; init; }

    /// <summary>Whether <see cref="FullyRead"/> may go back (MSC4446).</summary>
    [JsonPropertyName("allow_backward")]
    public bool AllowBackward { get; init; }

    [JsonPropertyName("com.beeper.allow_backward")]
    public bool UnstableAllowBackward { get; init; }

    [JsonIgnore]
    public bool MayGoBack => AllowBackward || UnstableAllowBackward;
}
