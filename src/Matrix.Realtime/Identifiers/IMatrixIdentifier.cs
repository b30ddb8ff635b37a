namespace Matrix.Realtime.Identifiers;

/// <summary>A Matrix identifier: one string with one grammar, at most 255 bytes of UTF-8, compared ordinally.</summary>
/// <typeparam name="TSelf">The identifier's own type.</typeparam>
public interface IMatrixIdentifier<TSelf> : ISpanParsable<TSelf>, IEquatable<TSelf>
    where TSelf : struct, IMatrixIdentifier<TSelf>
{
    /// <summary>The identifier as it stands on the wire.</summary>
    /// <exception cref="InvalidOperationException">The struct is the unset default.</exception>
    string Value { get; }

    /// <summary>Parses without copying: the identifier keeps the given string.</summary>
    static abstract bool TryParse(string? value, out TSelf result);
}
