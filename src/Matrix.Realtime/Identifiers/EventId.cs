using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Matrix.Realtime.Identifiers;

/// <summary>An event: <c>\$</c> and a reference hash, or <c>\$opaque:server</c> in old rooms.</summary>
/// <remarks>The default value is unset: reading <see cref="Value"/> of it throws. Equality is ordinal.</remarks>
[JsonConverter(typeof(MatrixIdentifierJsonConverter<EventId>))]
public readonly record struct EventId : IMatrixIdentifier<EventId>
{
    private readonly string? _value;

    private EventId(string value) => _value = value;

    /// <inheritdoc/>
    public string Value => IdentifierGrammar.Require<EventId>(_value);

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? value, out EventId result)
    {
        var valid = IdentifierGrammar.HasSigil(value, '$');
        result = valid ? new EventId(value!) : default;
        return valid;
    }

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out EventId result) =>
        TryParse(s, out result);

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out EventId result) =>
        TryParse(s.ToString(), out result);

    /// <summary>Parses an identifier.</summary>
    /// <exception cref="FormatException">The grammar is not met.</exception>
    public static EventId Parse(string s) => IdentifierGrammar.Parse<EventId>(s);

    /// <inheritdoc/>
    public static EventId Parse(string s, IFormatProvider? provider) => Parse(s);

    /// <inheritdoc/>
    public static EventId Parse(ReadOnlySpan<char> s, IFormatProvider? provider) => Parse(s.ToString());

    /// <summary>The identifier as it stands on the wire.</summary>
    public override string ToString() => Value;
}
