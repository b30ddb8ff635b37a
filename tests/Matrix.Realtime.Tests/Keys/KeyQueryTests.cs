using System.Net;
using System.Text.Json.Nodes;
using Matrix.Realtime.Tests.Databases;

namespace Matrix.Realtime.Tests.Keys;

/// <summary>What everybody sees of the keys of others. TDV-6.</summary>
public sealed class KeyQueryTests
{
    [Theory]
    [AllDatabases]
    public async Task Query_OfDevices_ShowsThemAsUploadedWithTheirNames(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var server = await RealtimeApplication.StartAsync(database);
        using var alice = new KeyHolder(await server.RegisterAsync("alice", "LAPTOP"));
        using var phone = new KeyHolder(await server.LoginAsync("alice", "PHONE"));
        await server.LoginAsync("alice", "KEYLESS");
        var bob = await server.RegisterAsync("bob");
        var uploaded = alice.DeviceKeys;
        uploaded["unsigned"] = new JsonObject { ["device_display_name"] = "made up" };
        await alice.UploadAsync(new JsonObject { ["device_keys"] = uploaded });
        await phone.UploadDeviceKeysAsync();
        await phone.Client.PutAsync("devices/PHONE", new JsonObject { ["display_name"] = "Pocket" }).ExpectAsync();

        var all = await bob.QueryKeysAsync(alice.UserId);
        var one = await bob.PostAsync("keys/query", new JsonObject
        {
            ["device_keys"] = new JsonObject { [alice.UserId] = new JsonArray("PHONE", "NONE") },
            ["timeout"] = 10000,
        }).ExpectAsync();

        Assert.Equal(
            ["device_keys", "failures", "master_keys", "self_signing_keys", "user_signing_keys"],
            all.Select(member => member.Key).Order(StringComparer.Ordinal));
        var devices = all["device_keys"]![alice.UserId]!.AsObject();
        Assert.Equal(["LAPTOP", "PHONE"], devices.Select(device => device.Key));
        var laptop = devices["LAPTOP"]!.AsObject();
        Assert.Equal("{}", laptop["unsigned"]!.ToJsonString());
        laptop.Remove("unsigned");
        Assert.True(JsonNode.DeepEquals(alice.DeviceKeys, laptop), laptop.ToJsonString());
        Assert.Equal("""{"device_display_name":"Pocket"}""", devices["PHONE"]!["unsigned"]!.ToJsonString());
        Assert.Equal(["PHONE"], one["device_keys"]![alice.UserId]!.AsObject().Select(device => device.Key));
    }

    [Theory]
    [AllDatabases]
    public async Task Query_OfUsersWithoutKeysOrWhoDoNotExist_LeavesOutWhatThereIsNot(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var server = await RealtimeApplication.StartAsync(database);
        var bob = await server.RegisterAsync("bob");

        var answer = await bob.QueryKeysAsync(bob.UserId, "@nobody:localhost", "@far:elsewhere.example");

        Assert.Equal(bob.UserId, Assert.Single(answer["device_keys"]!.AsObject()).Key);
        Assert.Equal("{}", answer["device_keys"]![bob.UserId]!.ToJsonString());
        Assert.Equal("{}", answer["master_keys"]!.ToJsonString());
        Assert.Equal(["elsewhere.example"], answer["failures"]!.AsObject().Select(failure => failure.Key));
    }

    [Theory]
    [AllDatabases("""{}""")]
    [AllDatabases("""{"device_keys":{"@bob:localhost":{"DEVICE":true}}}""")]
    [AllDatabases("""{"device_keys":{"nobody":[]}}""")]
    [AllDatabases("""{"device_keys":{"@bob:localhost":null}}""")]
    public async Task Query_OfAnotherShape_IsRefused(DatabaseKind kind, string query)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var server = await RealtimeApplication.StartAsync(database);
        var bob = await server.RegisterAsync("bob");

        await bob.PostAsync("keys/query", JsonNode.Parse(query)!)
            .ExpectErrorAsync(HttpStatusCode.BadRequest, "M_BAD_JSON");
    }

    [Theory]
    [AllDatabases]
    public async Task Query_OfMoreUsersThanAStatementTakesParameters_IsAnswered(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var server = await RealtimeApplication.StartAsync(database);
        using var bob = new KeyHolder(await server.RegisterAsync("bob"));
        await bob.UploadDeviceKeysAsync();

        var answer = await bob.Client.QueryKeysAsync(
            [bob.UserId, .. Enumerable.Range(0, 33_000).Select(number => $"@u{number}:localhost")]);

        Assert.Equal([bob.UserId], answer["device_keys"]!.AsObject().Select(user => user.Key));
        Assert.Single(answer["device_keys"]![bob.UserId]!.AsObject());
    }

    [Theory]
    [AllDatabases]
    public async Task Query_OfCrossSigningKeys_ShowsTheUserSigningKeyToItsOwnerOnly(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var server = await RealtimeApplication.StartAsync(database);
        using var alice = new KeyHolder(await server.RegisterAsync("alice"));
        var bob = await server.RegisterAsync("bob");
        await alice.UploadCrossSigningKeysAsync();

        var own = await alice.Client.QueryKeysAsync(alice.UserId);
        var others = await bob.QueryKeysAsync(alice.UserId);

        foreach (var answer in new[] { own, others })
        {
            Assert.Equal(
                alice.Master.PublicKey,
                (string?)answer["master_keys"]![alice.UserId]!["keys"]![$"ed25519:{alice.Master.PublicKey}"]);
            Assert.True(JsonNode.DeepEquals(alice.SelfSigningKey, answer["self_signing_keys"]![alice.UserId]));
        }

        Assert.True(JsonNode.DeepEquals(alice.UserSigningKey, own["user_signing_keys"]![alice.UserId]));
        Assert.Equal("{}", others["user_signing_keys"]!.ToJsonString());
    }
}
