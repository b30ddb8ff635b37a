using System.Text.Json.Serialization;

namespace Matrix.Realtime.Accounts.Registration;

/// <summary>That a username can be had.</summary>
internal sealed record UsernameAvailabilityResponse([property: JsonPropertyName("available")] bool Available);
