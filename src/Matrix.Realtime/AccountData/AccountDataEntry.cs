using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.AccountData;

/// <summary>The latest content of one type.</summary>
/// <param name="Type">The type.</param>
/// <param name="Content">A JSON object, as the client wrote it.</param>
/// <param name="Position">When it was last written.</param>
internal sealed record AccountDataEntry(string Type, byte[] Content, StreamPosition Position);
