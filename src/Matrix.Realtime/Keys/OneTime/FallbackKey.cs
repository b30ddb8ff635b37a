namespace Matrix.Realtime.Keys.OneTime;

/// <summary>A key that is handed out, any number of times, when there is no one-time key of its algorithm.</summary>
/// <param name="KeyId">Its name, without the algorithm.</param>
/// <param name="Json">The key, in canonical JSON.</param>
/// <param name="IsUsed">Whether it has been handed out.</param>
internal sealed record FallbackKey(string KeyId, byte[] Json, bool IsUsed);
