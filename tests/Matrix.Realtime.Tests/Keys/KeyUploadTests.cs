using System.Net;
using System.Text.Json.Nodes;
using Matrix.Realtime.Keys.OneTime;
using Matrix.Realtime.Tests.Accounts;
using Matrix.Realtime.Tests.Databases;
using Microsoft.EntityFrameworkCore;

namespace Matrix.Realtime.Tests.Keys;

/// <summary>What devices publish of themselves. TDV-4, section 17.</summary>
public sealed class KeyUploadTests
{
    [Theory]
    [AllDatabases]
    public async Task Upload_OfEveryKindOfKey_CountsThoseToBeClaimed(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var server = await RealtimeApplication.StartAsync(database);
        using var alice = new KeyHolder(await server.RegisterAsync("alice"));

        var empty = await alice.UploadAsync([]);
        var first = await alice.UploadAsync(new JsonObject
        {
            ["device_keys"] = alice.DeviceKeys,
            ["one_time_keys"] = alice.OneTimeKeys("A", "B"),
            ["fallback_keys"] = alice.OneTimeKeys("F"),
        });
        var other = await alice.UploadAsync(new JsonObject
        {
            ["one_time_keys"] = new JsonObject { ["my_algorithm:1"] = "a+plain+key" },
        });

        Assert.Equal("""{"one_time_key_counts":{"signed_curve25519":0}}""", empty.ToJsonString());
        Assert.Equal("""{"one_time_key_counts":{"signed_curve25519":2}}""", first.ToJsonString());
        Assert.Equal("""{"one_time_key_counts":{"my_algorithm":1,"signed_curve25519":2}}""", other.ToJsonString());
    }

    [Theory]
    [AllDatabases]
    public async Task Upload_OfTheSameKeysAgain_ChangesNothing(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var server = await RealtimeApplication.StartAsync(database);
        using var alice = new KeyHolder(await server.RegisterAsync("alice"));
        await alice.UploadDeviceKeysAsync();
        await alice.UploadOneTimeKeysAsync("A", "B", "C");
        await alice.UploadFallbackKeyAsync("F");
        var before = await alice.Client.SyncAsync();
        var since = (string)before["next_batch"]!;

        await alice.UploadDeviceKeysAsync();
        var again = await alice.UploadOneTimeKeysAsync("A", "B", "C");
        await alice.UploadFallbackKeyAsync("F");
        var after = await alice.Client.SyncAsync(since);
        var overlapping = await alice.UploadOneTimeKeysAsync("B", "C", "D");

        Assert.Equal(3, (int)again["one_time_key_counts"]!["signed_curve25519"]!);
        Assert.Equal(since, (string)after["next_batch"]!);
        Assert.Empty(after.Changed());
        Assert.Equal(4, (int)overlapping["one_time_key_counts"]!["signed_curve25519"]!);
    }

    [Theory]
    [AllDatabases]
    public async Task Upload_OfAnotherKeyOfTheSameName_IsRefusedAndNothingOfItTaken(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var server = await RealtimeApplication.StartAsync(database);
        using var alice = new KeyHolder(await server.RegisterAsync("alice"));
        await alice.UploadOneTimeKeysAsync("A");

        var keys = alice.OneTimeKeys("B");
        keys["signed_curve25519:A"] = alice.OneTimeKey("another");
        await alice.Client.PostAsync("keys/upload", new JsonObject { ["one_time_keys"] = keys })
            .ExpectErrorAsync(HttpStatusCode.BadRequest, "M_INVALID_PARAM");

        Assert.Equal(1, (await alice.Client.SyncAsync()).OneTimeKeysLeft());
        Assert.Equal("A", await alice.Client.ClaimNameAsync(alice.Client));
    }

    [Theory]
    [AllDatabases]
    public async Task Upload_OfDeviceKeysOfAnotherUserOrDeviceOrWithoutParts_IsRefused(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var server = await RealtimeApplication.StartAsync(database);
        using var alice = new KeyHolder(await server.RegisterAsync("alice"));

        await ExpectRefusalAsync("M_INVALID_PARAM", keys => keys["user_id"] = "@bob:localhost");
        await ExpectRefusalAsync("M_INVALID_PARAM", keys => keys["device_id"] = "OTHER");
        await ExpectRefusalAsync("M_BAD_JSON", keys => keys.Remove("keys"));
        await ExpectRefusalAsync("M_BAD_JSON", keys => keys.Remove("algorithms"));
        await ExpectRefusalAsync("M_BAD_JSON", keys => keys.Remove("signatures"));
        await ExpectRefusalAsync("M_BAD_JSON", keys => keys["keys"]![$"ed25519:{alice.DeviceId}"] = 1);
        await ExpectRefusalAsync("M_BAD_JSON", keys => keys["signatures"]![alice.UserId] = "none");
        await ExpectRefusalAsync("M_BAD_JSON", keys => keys["org.example.fraction"] = 0.5);

        Assert.Empty((await alice.Client.QueryKeysAsync(alice.UserId))["device_keys"]![alice.UserId]!.AsObject());

        Task ExpectRefusalAsync(string code, Action<JsonObject> spoil)
        {
            var keys = alice.DeviceKeys;
            spoil(keys);
            return alice.Client.PostAsync("keys/upload", new JsonObject { ["device_keys"] = keys })
                .ExpectErrorAsync(HttpStatusCode.BadRequest, code);
        }
    }

    [Theory]
    [AllDatabases("""{"one_time_keys":{"nocolon":"key"}}""", "M_INVALID_PARAM")]
    [AllDatabases("""{"one_time_keys":{"signed_curve25519:":"key"}}""", "M_INVALID_PARAM")]
    [AllDatabases("""{"one_time_keys":{"signed_curve25519:A":7}}""", "M_BAD_JSON")]
    [AllDatabases("""{"one_time_keys":["A"]}""", "M_BAD_JSON")]
    [AllDatabases("""{"fallback_keys":{"a:1":"key","a:2":"key"}}""", "M_INVALID_PARAM")]
    [AllDatabases("""{"device_keys":"none"}""", "M_BAD_JSON")]
    public async Task Upload_OfMalformedKeys_IsRefused(DatabaseKind kind, string keys, string code)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var server = await RealtimeApplication.StartAsync(database);
        var alice = await server.RegisterAsync("alice");

        await alice.PostAsync("keys/upload", JsonNode.Parse(keys)!)
            .ExpectErrorAsync(HttpStatusCode.BadRequest, code);
        JsonObject tooLong = new() { [$"a:{new string('x', 254)}"] = "key" };
        await alice.PostAsync("keys/upload", new JsonObject { ["one_time_keys"] = tooLong })
            .ExpectErrorAsync(HttpStatusCode.BadRequest, "M_INVALID_PARAM");
    }

    [Theory]
    [AllDatabases]
    public async Task Upload_OfKeysThatAreTooLarge_IsRefused(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var server = await RealtimeApplication.StartAsync(database);
        using var alice = new KeyHolder(await server.RegisterAsync("alice"));
        var deviceKeys = alice.DeviceKeys;
        deviceKeys["org.example.extra"] = new string('x', 65_536);
        var masterKey = alice.MasterKey;
        masterKey["org.example.extra"] = new string('x', 65_536);
        JsonObject OfBytes(int bytes) => new() { ["a:key"] = new string('x', bytes - 2) };

        await RefuseAsync("keys/upload", new JsonObject { ["device_keys"] = deviceKeys });
        await RefuseAsync("keys/upload", new JsonObject { ["one_time_keys"] = OfBytes(4097) });
        await RefuseAsync("keys/upload", new JsonObject { ["fallback_keys"] = OfBytes(4097) });
        await RefuseAsync("keys/device_signing/upload", new JsonObject { ["master_key"] = masterKey });
        await alice.UploadAsync(new JsonObject
        {
            ["device_keys"] = alice.DeviceKeys,
            ["one_time_keys"] = OfBytes(4096),
            ["fallback_keys"] = OfBytes(4096),
        });

        Task RefuseAsync(string path, JsonObject keys) => alice.Client.PostAsync(path, keys)
            .ExpectErrorAsync(HttpStatusCode.RequestEntityTooLarge, "M_TOO_LARGE");
    }

    [Theory]
    [AllDatabases]
    public async Task Upload_OfMoreKeysThanADeviceCanHave_IsRefused(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var server = await RealtimeApplication.StartAsync(database);
        using var alice = new KeyHolder(await server.RegisterAsync("alice"));
        var names = Enumerable.Range(0, 999).Select(number => $"K{number}").ToArray();
        await alice.UploadOneTimeKeysAsync(names);
        await alice.UploadFallbackKeyAsync("F");

        await RefuseAsync(new JsonObject { ["one_time_keys"] = alice.OneTimeKeys("L") });
        await RefuseAsync(new JsonObject { ["fallback_keys"] = new JsonObject { ["another:F"] = "key" } });
        await alice.UploadOneTimeKeysAsync(names);
        await alice.UploadFallbackKeyAsync("G");
        await alice.Client.ClaimNameAsync(alice.Client);
        await alice.UploadOneTimeKeysAsync("L");

        Assert.Equal(999, (await alice.Client.SyncAsync()).OneTimeKeysLeft());

        Task RefuseAsync(JsonObject keys) => alice.Client.PostAsync("keys/upload", keys)
            .ExpectErrorAsync(HttpStatusCode.RequestEntityTooLarge, "M_TOO_LARGE");
    }

    [Theory]
    [AllDatabases]
    public async Task Device_ThatLogsOut_LeavesNoCountsBeyondTheNextStart(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var server = await RealtimeApplication.StartAsync(database);
        using var alice = new KeyHolder(await server.RegisterAsync("alice", "LAPTOP"));
        using var phone = new KeyHolder(await server.LoginAsync("alice", "PHONE"));
        await alice.UploadOneTimeKeysAsync("A", "B");
        await phone.UploadOneTimeKeysAsync("A");
        await phone.Client.PostAsync("logout").ExpectAsync();

        await using var restarted = await server.RestartAsync();

        Assert.Equal(["LAPTOP"], await database.UseAsync(context =>
            context.Set<KeyCountsRow>().Select(row => row.DeviceId.ToString()!).ToListAsync()));
        Assert.Equal(2, (await restarted.Continue(alice.Client).SyncAsync()).OneTimeKeysLeft());
    }

    [Theory]
    [AllDatabases]
    public async Task Device_ThatLogsOut_TakesItsKeysWithIt(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var server = await RealtimeApplication.StartAsync(database);
        using var alice = new KeyHolder(await server.RegisterAsync("alice", "LAPTOP"));
        using var phone = new KeyHolder(await server.LoginAsync("alice", "PHONE"));
        await alice.UploadDeviceKeysAsync();
        await phone.UploadAsync(new JsonObject
        {
            ["device_keys"] = phone.DeviceKeys,
            ["one_time_keys"] = phone.OneTimeKeys("A"),
            ["fallback_keys"] = phone.OneTimeKeys("F"),
        });

        await phone.Client.PostAsync("logout").ExpectAsync();

        var devices = (await alice.Client.QueryKeysAsync(alice.UserId))["device_keys"]![alice.UserId]!.AsObject();
        Assert.Equal(["LAPTOP"], devices.Select(device => device.Key));
        Assert.Null(await alice.Client.ClaimAsync(phone.Client));
        using var next = new KeyHolder(await server.LoginAsync("alice", "PHONE"));
        var sync = await next.Client.SyncAsync();
        Assert.Equal(0, sync.OneTimeKeysLeft());
        Assert.Equal("[]", sync.UnusedFallbackKeyTypes());
        Assert.Null(await alice.Client.ClaimAsync(next.Client));
        await next.UploadOneTimeKeysAsync("A");
        Assert.Equal("A", await alice.Client.ClaimNameAsync(next.Client));
    }
}
