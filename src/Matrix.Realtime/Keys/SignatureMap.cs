using System.Buffers;
using System.Text.Json;
using Matrix.Realtime.Errors;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Json;

namespace Matrix.Realtime.Keys;

/// <summary>The <c>signatures</c> of a signed JSON object: by user and key (appendices, "Signing JSON").</summary>
internal sealed class SignatureMap
{
    private static readonly SortedList<string, string> None = [];

    private readonly SortedList<string, SortedList<string, string>> _users = new(CodePointComparer.Instance);

    public bool IsEmpty => _users.Count == 0;

    /// <exception cref="MatrixException">M_BAD_JSON: this is no map of maps of strings.</exception>
    public static SignatureMap Parse(JsonElement signatures)
    {
        var map = new SignatureMap();
        foreach (var user in Members(signatures))
        {
            foreach (var key in Members(user.Value))
            {
                map.Add(user.Name, key.Name, Text(key.Value));
            }
        }

        return map;
    }

    public void Add(string userId, string keyId, string signature)
    {
        if (!_users.TryGetValue(userId, out var keys))
        {
            _users.Add(userId, keys = new(CodePointComparer.Instance));
        }

        keys[keyId] = signature;
    }

    /// <summary>What a user has signed with, and the signatures.</summary>
    public IReadOnlyDictionary<string, string> Of(UserId userId) =>
        _users.TryGetValue(userId.Value, out var keys) ? keys : None;

    /// <summary>These signatures without those of other users.</summary>
    public SignatureMap Only(UserId userId)
    {
        var own = new SignatureMap();
        foreach (var (keyId, signature) in Of(userId))
        {
            own.Add(userId.Value, keyId, signature);
        }

        return own;
    }

    /// <summary>The canonical encoding.</summary>
    public byte[] ToBytes()
    {
        var output = new ArrayBufferWriter<byte>();
        WriteObject(
            output,
            _users,
            keys => WriteObject(output, keys, signature => JsonText.WriteString(output, signature)));
        return output.WrittenSpan.ToArray();
    }

    private static void WriteObject<T>(IBufferWriter<byte> output, SortedList<string, T> members, Action<T> write)
    {
        output.Write("{"u8);
        var separator = ""u8;
        foreach (var (name, value) in members)
        {
            output.Write(separator);
            JsonText.WriteString(output, name);
            output.Write(":"u8);
            write(value);
            separator = ","u8;
        }

        output.Write("}"u8);
    }

    private static string Text(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? value.GetString()! : throw Malformed();

    private static JsonElement.ObjectEnumerator Members(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object ? value.EnumerateObject() : throw Malformed();

    private static MatrixException Malformed() =>
        MatrixException.BadJson("'signatures' must map users to keys to signatures.");
}
