using System.Text.Json.Serialization;

namespace Matrix.Realtime.Accounts.Moderation;

/// <summary>Whether an account is locked, or is to be.</summary>
internal sealed record LockedStatus([property: JsonPropertyName("locked")] bool? Locked);
