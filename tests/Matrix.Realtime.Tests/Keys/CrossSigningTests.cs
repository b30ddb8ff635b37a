using System.Net;
using System.Text.Json.Nodes;
using Matrix.Realtime.Tests.Databases;

namespace Matrix.Realtime.Tests.Keys;

/// <summary>Who may publish which cross-signing keys. TDV-8, section 17.</summary>
public sealed class CrossSigningTests
{
    private const string Path = "keys/device_signing/upload";

    [Theory]
    [AllDatabases]
    public async Task FirstKeys_AndTheSameAgain_NeedNoPassword(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var server = await RealtimeApplication.StartAsync(database);
        using var alice = new KeyHolder(await server.RegisterAsync("alice"));

        await alice.UploadCrossSigningKeysAsync();
        var since = (string)(await alice.Client.SyncAsync())["next_batch"]!;
        await alice.Client.PostAsync(Path, alice.CrossSigningKeys).ExpectAsync();
        await alice.Client.PostAsync(Path, new JsonObject { ["master_key"] = alice.MasterKey }).ExpectAsync();
        await alice.Client.PostAsync($"/_matrix/client/unstable/{Path}", alice.CrossSigningKeys).ExpectAsync();

        Assert.Empty((await alice.Client.SyncAsync(since)).Changed());
    }

    [Theory]
    [AllDatabases]
    public async Task OtherKeys_NeedThePassword(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var server = await RealtimeApplication.StartAsync(database);
        using var alice = new KeyHolder(await server.RegisterAsync("alice"));
        await alice.Client.PostAsync(Path, new JsonObject { ["master_key"] = alice.MasterKey }).ExpectAsync();

        // A further key under the same master key is a new one too.
        var added = new JsonObject { ["self_signing_key"] = alice.SelfSigningKey };
        await alice.Client.PostAsync(Path, added).ExpectAsync(HttpStatusCode.Unauthorized);
        added["auth"] = alice.Client.PasswordAuth();
        added["auth"]!["identifier"]!["user"] = "@bob:localhost";
        await alice.Client.PostAsync(Path, added).ExpectAsync(HttpStatusCode.Unauthorized);
        Assert.Equal("{}", (await alice.Client.QueryKeysAsync(alice.UserId))["self_signing_keys"]!.ToJsonString());

        var before = alice.Master.PublicKey;
        await alice.ReplaceCrossSigningKeysAsync();

        var published = await alice.Client.QueryKeysAsync(alice.UserId);
        Assert.NotEqual(before, alice.Master.PublicKey);
        Assert.True(JsonNode.DeepEquals(alice.MasterKey, published["master_keys"]![alice.UserId]));
        Assert.True(JsonNode.DeepEquals(alice.SelfSigningKey, published["self_signing_keys"]![alice.UserId]));
    }

    [Theory]
    [AllDatabases]
    public async Task Retry_ThatDoesNotRepeatTheKeys_PublishesThoseOfItsSession(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var server = await RealtimeApplication.StartAsync(database);
        using var alice = new KeyHolder(await server.RegisterAsync("alice"));
        using var next = new KeyHolder(alice.Client);
        await alice.UploadCrossSigningKeysAsync();

        var challenge = await alice.Client.PostAsync(Path, next.CrossSigningKeys)
            .ExpectAsync(HttpStatusCode.Unauthorized);
        await alice.Client.PostAsync(Path, new JsonObject
        {
            ["auth"] = alice.Client.PasswordAuth((string?)challenge["session"]),
        }).ExpectAsync();

        var published = await alice.Client.QueryKeysAsync(alice.UserId);
        Assert.True(JsonNode.DeepEquals(next.MasterKey, published["master_keys"]![alice.UserId]));
    }

    [Theory]
    [AllDatabases]
    public async Task FirstKeys_OfTwoDevicesAtOnce_AreTakenFromOneOfThem(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var server = await RealtimeApplication.StartAsync(database);
        using var laptop = new KeyHolder(await server.RegisterAsync("alice"));
        using var phone = new KeyHolder(await server.LoginAsync("alice"));

        var answers = await Task.WhenAll(new[] { laptop, phone }.Select(device =>
            device.Client.PostAsync(Path, device.CrossSigningKeys)));

        Assert.Equal(
            [HttpStatusCode.OK, HttpStatusCode.Unauthorized], answers.Select(answer => answer.Status).Order());
    }

    [Theory]
    [AllDatabases]
    public async Task Keys_ThatTheMasterKeyHasNotSigned_AreRefused(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var server = await RealtimeApplication.StartAsync(database);
        using var alice = new KeyHolder(await server.RegisterAsync("alice"));
        using var mallory = new TestKey();
        var forged = alice.CrossSigningKeys;
        var unsigned = alice.SelfSigningKey;
        unsigned.Remove("signatures");

        // The right name of the key, and a signature by another.
        forged["self_signing_key"] = mallory.Sign(unsigned, alice.UserId, alice.Master.PublicKey);
        await RefuseAsync(forged, "M_INVALID_SIGNATURE");
        forged["self_signing_key"] = unsigned;
        await RefuseAsync(forged, "M_INVALID_SIGNATURE");
        await RefuseAsync(new JsonObject { ["self_signing_key"] = alice.SelfSigningKey }, "M_MISSING_PARAM");
        await RefuseAsync([], "M_MISSING_PARAM");

        Assert.Equal("{}", (await alice.Client.QueryKeysAsync(alice.UserId))["master_keys"]!.ToJsonString());

        Task RefuseAsync(JsonObject keys, string code) => alice.Client.PostAsync(Path, keys.DeepClone())
            .ExpectErrorAsync(HttpStatusCode.BadRequest, code);
    }

    [Theory]
    [AllDatabases]
    public async Task Keys_ThatAreMalformedOrAnotherUsers_AreRefused(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var server = await RealtimeApplication.StartAsync(database);
        using var alice = new KeyHolder(await server.RegisterAsync("alice"));

        await RefuseAsync("M_INVALID_PARAM", key => key["user_id"] = "@bob:localhost");
        await RefuseAsync("M_INVALID_PARAM", key => key["usage"] = new JsonArray("self_signing"));
        await RefuseAsync("M_BAD_JSON", key => key.Remove("usage"));
        await RefuseAsync("M_BAD_JSON", key => key.Remove("keys"));
        await RefuseAsync("M_INVALID_PARAM", key => key["keys"] = new JsonObject());
        await RefuseAsync("M_INVALID_PARAM", key => key["keys"]!["ed25519:another"] = "another");
        await RefuseAsync("M_INVALID_PARAM", key => key["keys"] = Named("short"));

        // Other spellings of the same key, of any length.
        await RefuseAsync("M_INVALID_PARAM", key => key["keys"] = Named(alice.Master.PublicKey + new string(' ', 100_000)));
        await RefuseAsync("M_INVALID_PARAM", key => key["keys"] = Named($"{alice.Master.PublicKey}="));

        JsonObject Named(string publicKey) => new() { [$"ed25519:{publicKey}"] = publicKey };

        async Task RefuseAsync(string code, Action<JsonObject> spoil)
        {
            var key = alice.MasterKey;
            spoil(key);
            await alice.Client.PostAsync(Path, new JsonObject { ["master_key"] = key })
                .ExpectErrorAsync(HttpStatusCode.BadRequest, code);
        }
    }

    [Theory]
    [AllDatabases]
    public async Task Key_ThatIsNamedAsADeviceIs_IsRefusedAndTheOtherWayRound(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var server = await RealtimeApplication.StartAsync(database);
        using var master = new TestKey();
        var alice = await server.RegisterAsync("alice", master.PublicKey);
        JsonObject keys = new()
        {
            ["master_key"] = new JsonObject
            {
                ["user_id"] = alice.UserId,
                ["usage"] = new JsonArray("master"),
                ["keys"] = new JsonObject { [$"ed25519:{master.PublicKey}"] = master.PublicKey },
            },
        };

        await alice.PostAsync(Path, keys).ExpectErrorAsync(HttpStatusCode.Forbidden, "M_FORBIDDEN");

        var laptop = await server.LoginAsync("alice");
        await alice.PostAsync("logout").ExpectAsync();
        await laptop.PostAsync(Path, keys).ExpectAsync();
        using var named = new KeyHolder(await server.LoginAsync("alice", master.PublicKey));
        await named.Client.PostAsync("keys/upload", new JsonObject { ["device_keys"] = named.DeviceKeys })
            .ExpectErrorAsync(HttpStatusCode.Forbidden, "M_FORBIDDEN");
    }
}
