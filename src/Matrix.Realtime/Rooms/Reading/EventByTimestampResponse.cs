using System.Text.Json.Serialization;
using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.Rooms.Reading;

/// <summary>The event nearest to a time.</summary>
/// <param name="EventId">Which it is.</param>
/// <param name="OriginServerTs">When it was sent, in milliseconds since 1970.</param>
internal sealed record EventByTimestampResponse(
    [property: JsonPropertyName("event_id")] EventId EventId,
    [property: JsonPropertyName("origin_server_ts")] long OriginServerTs);
