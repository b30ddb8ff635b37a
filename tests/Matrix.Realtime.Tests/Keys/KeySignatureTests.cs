using System.Net;
using System.Text.Json.Nodes;
using Matrix.Realtime.Tests.Databases;

namespace Matrix.Realtime.Tests.Keys;

/// <summary>Which signatures are taken, and who sees them. TDV-6, section 17.</summary>
public sealed class KeySignatureTests
{
    [Theory]
    [AllDatabases]
    public async Task Signatures_OfOwnDevicesAndMasterKey_AreSeenByAll(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var server = await RealtimeApplication.StartAsync(database);
        using var alice = await PublishAsync(await server.RegisterAsync("alice"));
        var bob = await server.RegisterAsync("bob");

        await alice.SignDeviceAsync(alice);
        await alice.Client.UploadSignatureAsync(alice.UserId, alice.Master.PublicKey, alice.SignMasterKey());

        foreach (var reader in new[] { alice.Client, bob })
        {
            var answer = await reader.QueryKeysAsync(alice.UserId);
            Assert.Equal(
                new[] { $"ed25519:{alice.DeviceId}", $"ed25519:{alice.SelfSigning.PublicKey}" }.Order(),
                Signers(answer["device_keys"]![alice.UserId]![alice.DeviceId], alice.UserId));
            Assert.Equal(
                [$"ed25519:{alice.DeviceId}"], Signers(answer["master_keys"]![alice.UserId], alice.UserId));
        }
    }

    [Theory]
    [AllDatabases]
    public async Task Signature_OfAnotherUsersMasterKey_IsSeenByItsMakerOnly(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var server = await RealtimeApplication.StartAsync(database);
        using var alice = await PublishAsync(await server.RegisterAsync("alice"));
        using var bob = await PublishAsync(await server.RegisterAsync("bob"));
        var since = (string)(await alice.Client.SyncAsync())["next_batch"]!;
        var sinceOfBob = (string)(await bob.Client.SyncAsync())["next_batch"]!;

        await alice.SignUserAsync(bob);

        var seen = await alice.Client.QueryKeysAsync(bob.UserId);
        Assert.Equal(
            [$"ed25519:{alice.UserSigning.PublicKey}"], Signers(seen["master_keys"]![bob.UserId], alice.UserId));
        var hidden = await bob.Client.QueryKeysAsync(bob.UserId);
        Assert.Null(hidden["master_keys"]![bob.UserId]!["signatures"]);

        // The signer's other devices are to look at the key again, though the two share no room.
        Assert.Equal([bob.UserId], (await alice.Client.SyncAsync(since)).Changed());
        Assert.Empty((await bob.Client.SyncAsync(sinceOfBob)).Changed());
        await alice.SignUserAsync(bob);
        Assert.Equal([bob.UserId], (await alice.Client.SyncAsync(since)).Changed());
    }

    [Theory]
    [AllDatabases]
    public async Task Signatures_ThatAreWrong_AreNamedAndTheOthersTaken(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var server = await RealtimeApplication.StartAsync(database);
        using var alice = await PublishAsync(await server.RegisterAsync("alice", "LAPTOP"));
        using var phone = new KeyHolder(await server.LoginAsync("alice", "PHONE"));
        await phone.UploadDeviceKeysAsync();
        using var bob = await PublishAsync(await server.RegisterAsync("bob"));
        using var mallory = new TestKey();
        var changed = alice.DeviceKeys;
        changed["algorithms"] = new JsonArray();
        var spaced = alice.SignMasterKey();
        spaced["signatures"]![alice.UserId]!["ed25519:LAPTOP"] =
            (string)spaced["signatures"]![alice.UserId]!["ed25519:LAPTOP"]! + "    ";

        var answer = await alice.Client.PostAsync("keys/signatures/upload", new JsonObject
        {
            [alice.UserId] = new JsonObject
            {
                ["LAPTOP"] = alice.SelfSigning.Sign(changed, alice.UserId, alice.SelfSigning.PublicKey),
                ["PHONE"] = alice.SelfSigning.Sign(phone.DeviceKeys, alice.UserId, alice.SelfSigning.PublicKey),
                ["NONE"] = alice.SelfSigning.Sign(phone.DeviceKeys, alice.UserId, alice.SelfSigning.PublicKey),
                [alice.Master.PublicKey] = mallory.Sign(alice.MasterKey, alice.UserId, "LAPTOP"),
            },
            [bob.UserId] = new JsonObject
            {
                [bob.Master.PublicKey] = mallory.Sign(bob.MasterKey, alice.UserId, alice.UserSigning.PublicKey),
                [bob.DeviceId] = alice.UserSigning.Sign(bob.DeviceKeys, alice.UserId, alice.UserSigning.PublicKey),
                ["text"] = "no key",
            },
        }).ExpectAsync();

        var misspelt = await alice.Client.TryUploadSignatureAsync(alice.UserId, alice.Master.PublicKey, spaced);

        Assert.Equal(
            "M_INVALID_SIGNATURE",
            (string?)misspelt["failures"]![alice.UserId]![alice.Master.PublicKey]!["errcode"]);
        var failures = answer["failures"]!;
        Assert.Equal("M_INVALID_SIGNATURE", (string?)failures[alice.UserId]!["LAPTOP"]!["errcode"]);
        Assert.Equal("M_NOT_FOUND", (string?)failures[alice.UserId]!["NONE"]!["errcode"]);
        Assert.Equal("M_INVALID_SIGNATURE", (string?)failures[alice.UserId]![alice.Master.PublicKey]!["errcode"]);
        Assert.Null(failures[alice.UserId]!["PHONE"]);
        Assert.Equal("M_INVALID_SIGNATURE", (string?)failures[bob.UserId]![bob.Master.PublicKey]!["errcode"]);
        Assert.Equal("M_NOT_FOUND", (string?)failures[bob.UserId]![bob.DeviceId]!["errcode"]);
        Assert.Equal("M_BAD_JSON", (string?)failures[bob.UserId]!["text"]!["errcode"]);
        var published = await bob.Client.QueryKeysAsync(alice.UserId);
        var devices = published["device_keys"]![alice.UserId]!;
        Assert.Equal(["ed25519:LAPTOP"], Signers(devices["LAPTOP"], alice.UserId));
        Assert.Equal(
            new[] { "ed25519:PHONE", $"ed25519:{alice.SelfSigning.PublicKey}" }.Order(),
            Signers(devices["PHONE"], alice.UserId));
        Assert.Null(published["master_keys"]![alice.UserId]!["signatures"]);
    }

    [Theory]
    [AllDatabases]
    public async Task Signatures_OfReplacedKeysAndGoneDevices_AreForgotten(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var server = await RealtimeApplication.StartAsync(database);
        using var alice = await PublishAsync(await server.RegisterAsync("alice", "LAPTOP"));
        var bob = await server.RegisterAsync("bob");
        await alice.SignDeviceAsync(alice);
        await alice.Client.UploadSignatureAsync(alice.UserId, alice.Master.PublicKey, alice.SignMasterKey());

        await alice.ReplaceCrossSigningKeysAsync();

        var replaced = await bob.QueryKeysAsync(alice.UserId);
        Assert.Equal(["ed25519:LAPTOP"], Signers(replaced["device_keys"]![alice.UserId]!["LAPTOP"], alice.UserId));
        Assert.Null(replaced["master_keys"]![alice.UserId]!["signatures"]);

        await alice.SignDeviceAsync(alice);
        await alice.Client.UploadSignatureAsync(alice.UserId, alice.Master.PublicKey, alice.SignMasterKey());
        await alice.Client.PostAsync("logout").ExpectAsync();
        using var next = new KeyHolder(await server.LoginAsync("alice", "LAPTOP"));
        await next.UploadDeviceKeysAsync();

        var again = await bob.QueryKeysAsync(alice.UserId);
        Assert.Equal(["ed25519:LAPTOP"], Signers(again["device_keys"]![alice.UserId]!["LAPTOP"], alice.UserId));
        Assert.Null(again["master_keys"]![alice.UserId]!["signatures"]);
    }

    [Theory]
    [AllDatabases]
    public async Task Signatures_OfMoreUsersThanAStatementTakesParameters_AreLookedAt(DatabaseKind kind)
    {
        const int Unknown = 33_000;
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var server = await RealtimeApplication.StartAsync(database);
        using var alice = await PublishAsync(await server.RegisterAsync("alice"));
        using var bob = await PublishAsync(await server.RegisterAsync("bob"));
        JsonObject signatures = new(Enumerable.Range(0, Unknown).Select(number =>
            KeyValuePair.Create($"@u{number}:localhost", (JsonNode?)new JsonObject { ["x"] = new JsonObject() })))
        {
            [bob.UserId] = new JsonObject
            {
                [bob.Master.PublicKey] =
                    alice.UserSigning.Sign(bob.MasterKey, alice.UserId, alice.UserSigning.PublicKey),
            },
        };

        var answer = await alice.Client.PostAsync("keys/signatures/upload", signatures).ExpectAsync();

        Assert.Equal(Unknown, answer["failures"]!.AsObject().Count);
        Assert.Null(answer["failures"]![bob.UserId]);
    }

    [Theory]
    [AllDatabases("""{"@bob:localhost":null}""")]
    [AllDatabases("""{"@bob:localhost":["DEVICE"]}""")]
    [AllDatabases("""{"nobody":{}}""")]
    public async Task Signatures_OfAnotherShape_AreRefused(DatabaseKind kind, string signatures)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var server = await RealtimeApplication.StartAsync(database);
        var bob = await server.RegisterAsync("bob");

        await bob.PostAsync("keys/signatures/upload", JsonNode.Parse(signatures)!)
            .ExpectErrorAsync(HttpStatusCode.BadRequest, "M_BAD_JSON");
    }

    private static async Task<KeyHolder> PublishAsync(MatrixClient client)
    {
        var holder = new KeyHolder(client);
        await holder.UploadDeviceKeysAsync();
        await holder.UploadCrossSigningKeysAsync();
        return holder;
    }

    /// <summary>The names of the keys with which one user, and nobody else, has signed a key.</summary>
    private static IEnumerable<string> Signers(JsonNode? key, string userId)
    {
        var signatures = key!["signatures"]!.AsObject();
        Assert.Equal([userId], signatures.Select(user => user.Key));
        return signatures[userId]!.AsObject().Select(signature => signature.Key).Order();
    }
}
