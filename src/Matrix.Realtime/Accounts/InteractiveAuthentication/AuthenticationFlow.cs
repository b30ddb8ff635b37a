using System.Text.Json.Serialization;

namespace Matrix.Realtime.Accounts.InteractiveAuthentication;

/// <summary>Stages that together authenticate, in the order in which a client should take them.</summary>
internal sealed record AuthenticationFlow([property: JsonPropertyName("stages")] IReadOnlyList<string> Stages);
