using System.Text.Json;
using System.Text.Json.Nodes;
using Matrix.Realtime.Json;
using NSec.Cryptography;

namespace Matrix.Realtime.Tests.Keys;

/// <summary>An Ed25519 key of a client.</summary>
internal sealed class TestKey : IDisposable
{
    private readonly Key _key = Key.Create(SignatureAlgorithm.Ed25519);

    public string PublicKey => UnpaddedBase64.Encode(_key.PublicKey.Export(KeyBlobFormat.RawPublicKey));

    /// <summary>A copy of the object with a signature by this key.</summary>
    public JsonObject Sign(JsonObject json, string userId, string keyName)
    {
        var content = json.DeepClone().AsObject();
        content.Remove("signatures");
        content.Remove("unsigned");
        var canonical = CanonicalJson.Serialize(JsonElement.Parse(content.ToJsonString()));
        var signature = UnpaddedBase64.Encode(SignatureAlgorithm.Ed25519.Sign(_key, canonical));
        var signed = json.DeepClone().AsObject();
        var signatures = signed["signatures"] as JsonObject ?? [];
        signed["signatures"] = signatures;
        var own = signatures[userId] as JsonObject ?? [];
        signatures[userId] = own;
        own[$"ed25519:{keyName}"] = signature;
        return signed;
    }

    public void Dispose() => _key.Dispose();
}
