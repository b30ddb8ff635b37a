namespace Matrix.Realtime.Streams;

/// <summary>A change function threw something other than a refusal; nothing of it was stored.</summary>
internal sealed class ChangeFailedException(Exception inner) : Exception("A change could not be evaluated.", inner);
