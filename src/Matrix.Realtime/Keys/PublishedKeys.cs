using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Keys.CrossSigning;
using Matrix.Realtime.Keys.Devices;

namespace Matrix.Realtime.Keys;

/// <summary>The keys of some users, with the signatures that whoever asks for them may see.</summary>
internal sealed class PublishedKeys
{
    /// <summary>Those of the users who exist.</summary>
    public required IReadOnlySet<UserId> Users { get; init; }

    public required ILookup<UserId, DeviceKeysRow> Devices { get; init; }

    /// <summary>What their users call the devices.</summary>
    public required IReadOnlyDictionary<DeviceKey, string> DisplayNames { get; init; }

    public required IReadOnlyList<CrossSigningKeyRow> CrossSigningKeys { get; init; }

    /// <summary>By what is signed.</summary>
    public required ILookup<(UserId UserId, string Name), KeySignatureRow> Signatures { get; init; }

    public byte[] Encode(DeviceKeysRow row)
    {
        var unsigned = KeyResponse.Encode(json =>
        {
            if (DisplayNames.TryGetValue(new DeviceKey(row.UserId, row.DeviceId), out var name))
            {
                json.WriteString("device_display_name"u8, name);
            }
        });
        return Encode(row.Json, row.UserId, row.DeviceId.Value, unsigned);
    }

    public byte[] Encode(CrossSigningKeyRow row) => Encode(row.Json, row.UserId, row.PublicKey, unsigned: null);

    private byte[] Encode(byte[] stored, UserId owner, string name, ReadOnlyMemory<byte>? unsigned)
    {
        var key = SignedJson.Read(stored);
        foreach (var signature in Signatures[(owner, name)])
        {
            key.Signatures.Add(signature.UserId.Value, signature.KeyId, signature.Signature);
        }

        return key.ToBytes(key.Signatures, unsigned);
    }
}
