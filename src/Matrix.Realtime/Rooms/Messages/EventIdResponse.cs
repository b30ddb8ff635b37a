using System.Text.Json.Serialization;
using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.Rooms.Messages;

/// <summary>The event that a request has sent.</summary>
internal sealed record EventIdResponse([property: JsonPropertyName("event_id")] EventId EventId);
