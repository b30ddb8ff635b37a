using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Matrix.Realtime.Identifiers;

/// <summary>A device of one user: an opaque string, unique within that user, 1 to 255 bytes.</summary>
/// <remarks>The default value is unset: reading <see cref="Value"/> of it throws. Equality is ordinal.</remarks>
[JsonConverter(typeof(MatrixIdentifierJsonConverter<DeviceId>))]
public readonly record struct DeviceId : IMatrixIdentifier<DeviceId>
{
    private readonly string? _value;

    private DeviceId(string value) => _value = value;

    /// <inheritdoc/>
    public string Value => IdentifierGrammar.Require<DeviceId>(_value);

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? value, out DeviceId result)
    {
        var valid = value is { Length: > 0 and <= IdentifierGrammar.MaxBytes } && IdentifierGrammar.IsBounded(value);
        result = valid ? new DeviceId(value!) : default;
        return valid;
    }

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out DeviceId result) =>
        TryParse(s, out result);

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out DeviceId result) =>
        TryParse(s.ToString(), out result);

    /// <summary>Parses an identifier.</summary>
    /// <exception cref="FormatException">The grammar is not met.</exception>
    public static DeviceId Parse(string s) => IdentifierGrammar.Parse<DeviceId>(s);

    /// <inheritdoc/>
    public static DeviceId Parse(string s, IFormatProvider? provider) => Parse(s);

    /// <inheritdoc/>
    public static DeviceId Parse(ReadOnlySpan<char> s, IFormatProvider? provider) => Parse(s.ToString());

    /// <summary>The identifier as it stands on the wire.</summary>
    public override string ToString() => Value;
}
