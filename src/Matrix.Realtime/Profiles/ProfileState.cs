using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using Matrix.Realtime.Json;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.Profiles;

/// <summary>The profile of one user.</summary>
internal sealed record ProfileState : LiveSnapshot
{
    /// <summary>Values in JSON by key, in the order of the keys.</summary>
    public ImmutableSortedDictionary<string, byte[]> Fields { get; init; } =
        ImmutableSortedDictionary.Create<string, byte[]>(StringComparer.Ordinal);

    public string? DisplayName => Text(ProfileKeys.DisplayName);

    public string? AvatarUrl => Text(ProfileKeys.AvatarUrl);

    public ProfileState With(ProfileChange change) => new()
    {
        Position = change.Position,
        Fields = IsNull(change.Value) ? Fields.Remove(change.Key) : Fields.SetItem(change.Key, change.Value),
    };

    /// <summary>The whole profile as a JSON object.</summary>
    public byte[] Encode()
    {
        var output = new ArrayBufferWriter<byte>();
        output.Write("{"u8);
        var separator = ""u8;
        foreach (var (key, value) in Fields)
        {
            output.Write(separator);
            WriteField(output, key, value);
            separator = ","u8;
        }

        output.Write("}"u8);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>One field as a JSON object; null when it is not set.</summary>
    public byte[]? EncodeField(string key)
    {
        if (!Fields.TryGetValue(key, out var value))
        {
            return null;
        }

        var output = new ArrayBufferWriter<byte>();
        output.Write("{"u8);
        WriteField(output, key, value);
        output.Write("}"u8);
        return output.WrittenSpan.ToArray();
    }

    public static bool IsNull(ReadOnlySpan<byte> value) => value.SequenceEqual("null"u8);

    private static void WriteField(ArrayBufferWriter<byte> output, string key, byte[] value)
    {
        JsonText.WriteString(output, key);
        output.Write(":"u8);
        output.Write(value);
    }

    private string? Text(string key) =>
        Fields.TryGetValue(key, out var value) && JsonElement.Parse(value) is { ValueKind: JsonValueKind.String } text
            ? text.GetString()
            : null;
}
