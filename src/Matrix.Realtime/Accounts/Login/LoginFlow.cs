using System.Text.Json.Serialization;

namespace Matrix.Realtime.Accounts.Login;

/// <summary>A way to log in.</summary>
internal sealed record LoginFlow([property: JsonPropertyName("type")] string Type);
