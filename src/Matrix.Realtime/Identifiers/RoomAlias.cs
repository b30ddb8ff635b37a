using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Matrix.Realtime.Identifiers;

/// <summary>A name for a room: <c>#localpart:server</c>. The localpart may hold any character but a colon.</summary>
/// <remarks>The default value is unset: reading <see cref="Value"/> of it throws. Equality is ordinal.</remarks>
[JsonConverter(typeof(MatrixIdentifierJsonConverter<RoomAlias>))]
public readonly record struct RoomAlias : IMatrixIdentifier<RoomAlias>
{
    private readonly string? _value;

    private RoomAlias(string value) => _value = value;

    /// <inheritdoc/>
    public string Value => IdentifierGrammar.Require<RoomAlias>(_value);

    /// <summary>What stands between the sigil and the first colon.</summary>
    public ReadOnlySpan<char> Localpart => Value.AsSpan(1, Value.IndexOf(':') - 1);

    /// <summary>What stands after the first colon.</summary>
    public ReadOnlySpan<char> ServerName => Value.AsSpan(Value.IndexOf(':') + 1);

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? value, out RoomAlias result)
    {
        var valid = IdentifierGrammar.HasSigil(value, '#') && value.IndexOf(':') > 1 && !value.EndsWith(':');
        result = valid ? new RoomAlias(value!) : default;
        return valid;
    }

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out RoomAlias result) =>
        TryParse(s, out result);

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out RoomAlias result) =>
        TryParse(s.ToString(), out result);

    /// <summary>Parses an identifier.</summary>
    /// <exception cref="FormatException">The grammar is not met.</exception>
    public static RoomAlias Parse(string s) => IdentifierGrammar.Parse<RoomAlias>(s);

    /// <inheritdoc/>
    public static RoomAlias Parse(string s, IFormatProvider? provider) => Parse(s);

    /// <inheritdoc/>
    public static RoomAlias Parse(ReadOnlySpan<char> s, IFormatProvider? provider) => Parse(s.ToString());

    /// <summary>The identifier as it stands on the wire.</summary>
    public override string ToString() => Value;
}
