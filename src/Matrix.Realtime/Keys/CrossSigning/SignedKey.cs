using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.Keys.CrossSigning;

/// <summary>A key with signatures that somebody uploads.</summary>
/// <param name="Owner">Whose key it is.</param>
/// <param name="Name">A device id, or the public half of a master key.</param>
/// <param name="Json">The key and its signatures.</param>
internal sealed record SignedKey(UserId Owner, string Name, SignedJson Json);
