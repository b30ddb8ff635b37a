using System.Text.Json.Serialization;

namespace Matrix.Realtime.Accounts.Moderation;

/// <summary>Whether an account is suspended, or is to be.</summary>
internal sealed record SuspendedStatus([property: JsonPropertyName("suspended")] bool? Suspended);
