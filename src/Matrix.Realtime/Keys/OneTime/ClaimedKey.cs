namespace Matrix.Realtime.Keys.OneTime;

/// <summary>A key that is handed out.</summary>
/// <param name="Name">Its name, with the algorithm.</param>
/// <param name="Json">The key, in canonical JSON.</param>
internal sealed record ClaimedKey(string Name, byte[] Json);
