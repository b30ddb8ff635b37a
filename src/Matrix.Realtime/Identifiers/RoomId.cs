using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Matrix.Realtime.Identifiers;

/// <summary>A room: <c>!opaque:server</c>, or without a server name from room version 12 on.</summary>
/// <remarks>The default value is unset: reading <see cref="Value"/> of it throws. Equality is ordinal.</remarks>
[JsonConverter(typeof(MatrixIdentifierJsonConverter<RoomId>))]
public readonly record struct RoomId : IMatrixIdentifier<RoomId>
{
    private readonly string? _value;

    private RoomId(string value) => _value = value;

    /// <inheritdoc/>
    public string Value => IdentifierGrammar.Require<RoomId>(_value);

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? value, out RoomId result)
    {
        var valid = IdentifierGrammar.HasSigil(value, '!');
        result = valid ? new RoomId(value!) : default;
        return valid;
    }

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out RoomId result) =>
        TryParse(s, out result);

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out RoomId result) =>
        TryParse(s.ToString(), out result);

    /// <summary>Parses an identifier.</summary>
    /// <exception cref="FormatException">The grammar is not met.</exception>
    public static RoomId Parse(string s) => IdentifierGrammar.Parse<RoomId>(s);

    /// <inheritdoc/>
    public static RoomId Parse(string s, IFormatProvider? provider) => Parse(s);

    /// <inheritdoc/>
    public static RoomId Parse(ReadOnlySpan<char> s, IFormatProvider? provider) => Parse(s.ToString());

    /// <summary>The identifier as it stands on the wire.</summary>
    public override string ToString() => Value;
}
