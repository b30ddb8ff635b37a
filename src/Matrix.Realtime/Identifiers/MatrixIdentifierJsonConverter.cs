using System.Text.Json;
using System.Text.Json.Serialization;

namespace Matrix.Realtime.Identifiers;

/// <summary>Reads and writes an identifier as a JSON string, and as a property name where it keys a map.</summary>
/// <typeparam name="T">The identifier's type.</typeparam>
public sealed class MatrixIdentifierJsonConverter<T> : JsonConverter<T>
    where T : struct, IMatrixIdentifier<T>
{
    /// <inheritdoc/>
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && T.TryParse(reader.GetString(), out var result)
            ? result
            : throw new JsonException($"The value is not a valid {typeof(T).Name}.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Value);

    /// <inheritdoc/>
    public override T ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        T.TryParse(reader.GetString(), out var result)
            ? result
            : throw new JsonException($"The key is not a valid {typeof(T).Name}.");

    /// <inheritdoc/>
    public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WritePropertyName(value.Value);
}
