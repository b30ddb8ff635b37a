using System.Net;
using System.Text.Json.Nodes;

namespace Matrix.Realtime.Tests.Keys;

/// <summary>A device that encrypts, and the cross-signing keys of its user if it made them.</summary>
internal sealed class KeyHolder(MatrixClient client) : IDisposable
{
    private readonly TestKey _device = new();

    public MatrixClient Client => client;

    public string UserId => client.UserId;

    public string DeviceId => client.DeviceId;

    public TestKey Master { get; private set; } = new();

    public TestKey SelfSigning { get; private set; } = new();

    public TestKey UserSigning { get; private set; } = new();

    /// <summary>The device's identity keys, signed by itself.</summary>
    public JsonObject DeviceKeys => _device.Sign(
        new JsonObject
        {
            ["user_id"] = UserId,
            ["device_id"] = DeviceId,
            ["algorithms"] = new JsonArray("m.olm.v1.curve25519-aes-sha2", "m.megolm.v1.aes-sha2"),
            ["keys"] = new JsonObject
            {
                [$"curve25519:{DeviceId}"] = "3C5BFWi2Y8MaVvjM8M22DBmh24PmgR0nPvJOIArzgyI",
                [$"ed25519:{DeviceId}"] = _device.PublicKey,
            },
            ["org.example.extra"] = new JsonObject { ["kept"] = true },
        },
        UserId,
        DeviceId);

    public JsonObject MasterKey => SigningKey("master", Master);

    public JsonObject SelfSigningKey => Master.Sign(SigningKey("self_signing", SelfSigning), UserId, Master.PublicKey);

    public JsonObject UserSigningKey => Master.Sign(SigningKey("user_signing", UserSigning), UserId, Master.PublicKey);

    /// <summary>All three of them, as they are uploaded.</summary>
    public JsonObject CrossSigningKeys => new()
    {
        ["master_key"] = MasterKey,
        ["self_signing_key"] = SelfSigningKey,
        ["user_signing_key"] = UserSigningKey,
    };

    /// <summary>A signed one-time key, always the same for the same name.</summary>
    public JsonObject OneTimeKey(string name) =>
        _device.Sign(new JsonObject { ["key"] = $"key+{name}" }, UserId, DeviceId);

    public JsonObject OneTimeKeys(params string[] names) => new(names.Select(name =>
        KeyValuePair.Create($"signed_curve25519:{name}", (JsonNode?)OneTimeKey(name))));

    public Task<JsonObject> UploadDeviceKeysAsync() => UploadAsync(new JsonObject { ["device_keys"] = DeviceKeys });

    public Task<JsonObject> UploadOneTimeKeysAsync(params string[] names) =>
        UploadAsync(new JsonObject { ["one_time_keys"] = OneTimeKeys(names) });

    public Task<JsonObject> UploadFallbackKeyAsync(string name) =>
        UploadAsync(new JsonObject { ["fallback_keys"] = OneTimeKeys(name) });

    public Task<JsonObject> UploadAsync(JsonObject keys) => client.PostAsync("keys/upload", keys).ExpectAsync();

    /// <summary>Makes the user's cross-signing keys known, as nobody has done before.</summary>
    public Task UploadCrossSigningKeysAsync() =>
        client.PostAsync("keys/device_signing/upload", CrossSigningKeys).ExpectAsync();

    /// <summary>Replaces all of them, with the password.</summary>
    public async Task ReplaceCrossSigningKeysAsync()
    {
        (Master, SelfSigning, UserSigning) = (new(), new(), new());
        var keys = CrossSigningKeys;
        var challenge = await client.PostAsync("keys/device_signing/upload", keys)
            .ExpectAsync(HttpStatusCode.Unauthorized);
        keys["auth"] = client.PasswordAuth((string?)challenge["session"]);
        await client.PostAsync("keys/device_signing/upload", keys).ExpectAsync();
    }

    /// <summary>Signs the device with the self-signing key.</summary>
    public Task SignDeviceAsync(KeyHolder device) => client.UploadSignatureAsync(
        device.UserId, device.DeviceId, SelfSigning.Sign(device.DeviceKeys, UserId, SelfSigning.PublicKey));

    /// <summary>Signs the master key of another user with the user-signing key.</summary>
    public Task SignUserAsync(KeyHolder other) => client.UploadSignatureAsync(
        other.UserId, other.Master.PublicKey, UserSigning.Sign(other.MasterKey, UserId, UserSigning.PublicKey));

    /// <summary>The user's own master key, signed by this device.</summary>
    public JsonObject SignMasterKey() => _device.Sign(MasterKey, UserId, DeviceId);

    public void Dispose()
    {
        foreach (var key in new[] { _device, Master, SelfSigning, UserSigning })
        {
            key.Dispose();
        }
    }

    private JsonObject SigningKey(string usage, TestKey key) => new()
    {
        ["user_id"] = UserId,
        ["usage"] = new JsonArray(usage),
        ["keys"] = new JsonObject { [$"ed25519:{key.PublicKey}"] = key.PublicKey },
    };
}
