using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Matrix.Realtime.Identifiers;

/// <summary>A user: <c>@localpart:server</c>. Historical localparts may hold any character but a colon.</summary>
/// <remarks>The default value is unset: reading <see cref="Value"/> of it throws. Equality is ordinal.</remarks>
[JsonConverter(typeof(MatrixIdentifierJsonConverter<UserId>))]
public readonly record struct UserId : IMatrixIdentifier<UserId>
{
    private readonly string? _value;

    private UserId(string value) => _value = value;

    /// <inheritdoc/>
    public string Value => IdentifierGrammar.Require<UserId>(_value);

    /// <summary>What stands between the sigil and the first colon.</summary>
    public ReadOnlySpan<char> Localpart => Value.AsSpan(1, Value.IndexOf(':') - 1);

    /// <summary>What stands after the first colon.</summary>
    public ReadOnlySpan<char> ServerName => Value.AsSpan(Value.IndexOf(':') + 1);

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? value, out UserId result)
    {
        var valid = IdentifierGrammar.HasSigil(value, '@') && value.IndexOf(':') > 0 && !value.EndsWith(':');
        result = valid ? new UserId(value!) : default;
        return valid;
    }

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out UserId result) =>
        TryParse(s, out result);

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out UserId result) =>
        TryParse(s.ToString(), out result);

    /// <summary>Parses an identifier.</summary>
    /// <exception cref="FormatException">The grammar is not met.</exception>
    public static UserId Parse(string s) => IdentifierGrammar.Parse<UserId>(s);

    /// <inheritdoc/>
    public static UserId Parse(string s, IFormatProvider? provider) => Parse(s);

    /// <inheritdoc/>
    public static UserId Parse(ReadOnlySpan<char> s, IFormatProvider? provider) => Parse(s.ToString());

    /// <summary>The identifier as it stands on the wire.</summary>
    public override string ToString() => Value;
}
