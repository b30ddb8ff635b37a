using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Matrix.Realtime.Identifiers;

/// <summary>What all identifiers share: the sigil, the length limit and the error for an unset struct.</summary>
internal static class IdentifierGrammar
{
    /// <summary>
    /// The specification's limit for user, room and event identifiers and aliases, in bytes of UTF-8.
    /// </summary>
    public const int MaxBytes = 255;

    /// <summary>Lenient check: sigil, at least one more character, no NUL, not too long.</summary>
    public static bool HasSigil([NotNullWhen(true)] string? value, char sigil) =>
        value is { Length: > 1 and <= MaxBytes } && value[0] == sigil && IsBounded(value);

    /// <summary>Whether the value holds no NUL and fits the length limit.</summary>
    public static bool IsBounded(string value) =>
        !value.Contains('\0') && Encoding.UTF8.GetByteCount(value) <= MaxBytes;

    /// <summary>
    /// Parses or throws the <see cref="FormatException"/> that <see cref="IParsable{TSelf}"/> asks for.
    /// </summary>
    public static T Parse<T>(string? value)
        where T : struct, IMatrixIdentifier<T> =>
        T.TryParse(value, out var result)
            ? result
            : throw new FormatException($"'{value}' is not a valid {typeof(T).Name}.");

    /// <summary>The value, or an exception when the struct was never given one.</summary>
    public static string Require<T>(string? value) =>
        value ?? throw new InvalidOperationException($"This {typeof(T).Name} was never set.");
}
