using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.Keys.OneTime;

/// <summary>A key that is handed out once.</summary>
/// <param name="Algorithm">What it is for.</param>
/// <param name="KeyId">Its name, without the algorithm.</param>
/// <param name="Json">The key, in canonical JSON.</param>
/// <param name="UploadedAt">When it was uploaded; keys that came together have the same.</param>
internal sealed record OneTimeKey(string Algorithm, string KeyId, byte[] Json, StreamPosition UploadedAt);
