using System.Text.Json.Serialization;

namespace Matrix.Realtime.Accounts.Registration;

/// <summary>Whether a registration token would be taken.</summary>
internal sealed record RegistrationTokenValidityResponse([property: JsonPropertyName("valid")] bool Valid);
