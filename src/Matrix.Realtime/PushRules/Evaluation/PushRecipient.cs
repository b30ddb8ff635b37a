using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.PushRules.Evaluation;

/// <summary>For whom an event is evaluated.</summary>
/// <param name="UserId">Who they are; never the sender, whose own events notify nobody of themselves.</param>
/// <param name="DisplayName">What they are called in the room.</param>
internal readonly record struct PushRecipient(UserId UserId, string? DisplayName);
