using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.AccountData;

/// <summary>Somebody was ignored from one position until another.</summary>
internal readonly record struct IgnorePeriod(StreamPosition From, StreamPosition Until);
