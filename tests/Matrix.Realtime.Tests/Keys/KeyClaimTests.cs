using System.Net;
using System.Text.Json.Nodes;
using Matrix.Realtime.Storage;
using Matrix.Realtime.Tests.Databases;
using Matrix.Realtime.Tests.Streams;
using Microsoft.Extensions.DependencyInjection;

namespace Matrix.Realtime.Tests.Keys;

/// <summary>Each one-time key is handed out once. TDV-5.</summary>
public sealed class KeyClaimTests
{
    [Theory]
    [AllDatabases]
    public async Task Claim_HandsOutKeysOnceInTheOrderOfTheirUpload(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var server = await RealtimeApplication.StartAsync(database);
        using var alice = new KeyHolder(await server.RegisterAsync("alice"));
        var bob = await server.RegisterAsync("bob");
        await alice.UploadOneTimeKeysAsync("Z");
        await alice.UploadOneTimeKeysAsync("M", "N");
        await alice.UploadOneTimeKeysAsync("A");

        var first = await bob.ClaimAsync(alice.Client);
        await using var restarted = await server.RestartAsync();
        bob = restarted.Continue(bob);
        var second = await bob.ClaimNameAsync(alice.Client);
        var third = await bob.ClaimNameAsync(alice.Client);
        var last = await bob.ClaimNameAsync(alice.Client);

        Assert.Equal(("signed_curve25519:Z", alice.OneTimeKey("Z").ToJsonString()), first);
        Assert.Equal(["M", "N"], new[] { second, third }.Order());
        Assert.Equal("A", last);
        Assert.Null(await bob.ClaimAsync(alice.Client));
    }

    [Theory]
    [AllDatabases]
    public async Task Claim_WithoutOneTimeKeys_HandsOutTheFallbackKeyAndKeepsIt(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var server = await RealtimeApplication.StartAsync(database);
        using var alice = new KeyHolder(await server.RegisterAsync("alice"));
        var bob = await server.RegisterAsync("bob");
        await alice.UploadAsync(new JsonObject
        {
            ["one_time_keys"] = alice.OneTimeKeys("A"),
            ["fallback_keys"] = alice.OneTimeKeys("F"),
        });

        var claimed = await bob.ClaimNameAsync(alice.Client);
        var unused = (await alice.Client.SyncAsync()).UnusedFallbackKeyTypes();
        var fallback = await bob.ClaimNameAsync(alice.Client);
        var used = (await alice.Client.SyncAsync()).UnusedFallbackKeyTypes();
        var again = await bob.ClaimNameAsync(alice.Client);
        await alice.UploadFallbackKeyAsync("F");
        var repeated = (await alice.Client.SyncAsync()).UnusedFallbackKeyTypes();
        await alice.UploadFallbackKeyAsync("G");
        var replaced = (await alice.Client.SyncAsync()).UnusedFallbackKeyTypes();

        Assert.Equal(("A", "F", "F"), (claimed, fallback, again));
        Assert.Equal("""["signed_curve25519"]""", unused);
        Assert.Equal("[]", used);
        Assert.Equal("[]", repeated);
        Assert.Equal("""["signed_curve25519"]""", replaced);
        Assert.Equal("G", await bob.ClaimNameAsync(alice.Client));
    }

    [Theory]
    [AllDatabases]
    public async Task Claim_OfUnknownUsersDevicesAndAlgorithms_LeavesThemOut(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var server = await RealtimeApplication.StartAsync(database);
        using var alice = new KeyHolder(await server.RegisterAsync("alice", "LAPTOP"));
        var bob = await server.RegisterAsync("bob");
        await alice.UploadOneTimeKeysAsync("A");

        var answer = await bob.PostAsync("keys/claim", new JsonObject
        {
            ["one_time_keys"] = new JsonObject
            {
                [alice.UserId] = new JsonObject { ["LAPTOP"] = "signed_curve25519", ["NONE"] = "signed_curve25519" },
                [bob.UserId] = new JsonObject { [bob.DeviceId] = "signed_curve25519" },
                ["@nobody:localhost"] = new JsonObject { ["X"] = "signed_curve25519" },
                ["@far:elsewhere.example"] = new JsonObject { ["X"] = "signed_curve25519" },
            },
        }).ExpectAsync();
        var other = await bob.ClaimAsync(alice.Client, "another_algorithm");

        var users = answer["one_time_keys"]!.AsObject();
        Assert.Equal([alice.UserId], users.Select(user => user.Key));
        Assert.Equal(["LAPTOP"], users[alice.UserId]!.AsObject().Select(device => device.Key));
        Assert.Equal(["elsewhere.example"], answer["failures"]!.AsObject().Select(failure => failure.Key));
        Assert.Null(other);
    }

    [Theory]
    [AllDatabases("{}")]
    [AllDatabases("""{"one_time_keys":{"@bob:localhost":null}}""")]
    [AllDatabases("""{"one_time_keys":{"@bob:localhost":{"DEVICE":null}}}""")]
    [AllDatabases("""{"one_time_keys":{"@bob:localhost":["DEVICE"]}}""")]
    public async Task Claim_OfAnotherShape_IsRefused(DatabaseKind kind, string claim)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var server = await RealtimeApplication.StartAsync(database);
        var bob = await server.RegisterAsync("bob");

        await bob.PostAsync("keys/claim", JsonNode.Parse(claim)!)
            .ExpectErrorAsync(HttpStatusCode.BadRequest, "M_BAD_JSON");
    }

    [Theory]
    [AllDatabases]
    public async Task Key_ThatIsUploadedAgainAfterItWasClaimed_IsNotHandedOutTwice(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var server = await RealtimeApplication.StartAsync(database);
        using var alice = new KeyHolder(await server.RegisterAsync("alice"));
        var bob = await server.RegisterAsync("bob");
        await alice.UploadOneTimeKeysAsync("A", "B");
        var first = await bob.ClaimNameAsync(alice.Client);
        await using var restarted = await server.RestartAsync();
        using var again = new KeyHolder(restarted.Continue(alice.Client));
        bob = restarted.Continue(bob);

        // As the first upload was sent: its answer was lost.
        await again.UploadAsync(new JsonObject { ["one_time_keys"] = alice.OneTimeKeys("A", "B") });
        var second = await bob.ClaimNameAsync(alice.Client);

        Assert.Equal(["A", "B"], new[] { first, second }.Order());
        Assert.Null(await bob.ClaimAsync(alice.Client));
    }

    [Theory]
    [AllDatabases]
    public async Task Claims_AtOnce_NeverGetTheSameKey(DatabaseKind kind)
    {
        const int Keys = 50;
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var server = await RealtimeApplication.StartAsync(database);
        using var alice = new KeyHolder(await server.RegisterAsync("alice"));
        var others = await Task.WhenAll(Enumerable.Range(0, 5).Select(number => server.RegisterAsync($"user{number}")));
        await alice.UploadOneTimeKeysAsync([.. Enumerable.Range(0, Keys).Select(number => $"K{number}")]);

        var claims = await Task.WhenAll(Enumerable.Range(0, Keys + 10)
            .Select(number => others[number % others.Length].ClaimAsync(alice.Client)));

        var claimed = claims.OfType<(string Name, string Key)>().ToList();
        Assert.Equal(Keys, claimed.Count);
        Assert.Equal(Keys, claimed.DistinctBy(claim => claim.Name).Count());
        Assert.Equal(0, (await alice.Client.SyncAsync()).OneTimeKeysLeft());
    }

    [Theory]
    [AllDatabases]
    public async Task Claims_InTwoProcessesAtOnce_NeverGetTheSameKey(DatabaseKind kind)
    {
        const int Keys = 40;
        await using var database = await TestDatabase.CreateAsync(kind);
        RealtimeApplicationOptions shared = new()
        {
            Services = services => services.AddSingleton<IDatabaseLock, NoDatabaseLock>(),
        };
        await using var first = await RealtimeApplication.StartAsync(database, shared);
        await using var second = await RealtimeApplication.StartAsync(database, shared);
        using var alice = new KeyHolder(await first.RegisterAsync("alice"));
        var bob = await first.RegisterAsync("bob");
        var carol = second.Continue(await first.RegisterAsync("carol"));
        await alice.UploadAsync(new JsonObject
        {
            ["one_time_keys"] = alice.OneTimeKeys([.. Enumerable.Range(0, Keys).Select(number => $"K{number}")]),
            ["fallback_keys"] = alice.OneTimeKeys("F"),
        });

        var claims = await Task.WhenAll(Enumerable.Range(0, Keys + 6)
            .Select(number => (number % 2 == 0 ? bob : carol).ClaimNameAsync(alice.Client)));

        Assert.Equal(Keys, claims.Distinct().Count(name => name != "F"));
        Assert.Equal(6, claims.Count(name => name == "F"));
    }
}
