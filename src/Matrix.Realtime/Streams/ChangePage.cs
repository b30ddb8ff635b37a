using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.Streams;

/// <summary>A page of the stream.</summary>
/// <param name="Changes">In order. Of keys that have changed again since, perhaps only the latest.</param>
/// <param name="Through">The position up to which the page tells everything.</param>
internal sealed record ChangePage(IReadOnlyList<StreamChange> Changes, StreamPosition Through);
