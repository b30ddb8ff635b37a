using System.Text.Json.Nodes;
using Matrix.Realtime.Tests.Databases;
using Matrix.Realtime.Tests.Sync;

namespace Matrix.Realtime.Tests.Keys;

/// <summary>What a sync tells a device of its keys. SYN-71, SYN-72, SYN-73.</summary>
public sealed class KeyCountsTests
{
    [Theory]
    [AllDatabases]
    public async Task Sync_OfAnyKind_TellsTheCountsOfItsDevice(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        using var alice = new KeyHolder(await ground.RegisterAsync("alice"));
        var phone = await ground.Server.LoginAsync("alice");
        await alice.UploadAsync(new JsonObject
        {
            ["one_time_keys"] = alice.OneTimeKeys("A", "B"),
            ["fallback_keys"] = alice.OneTimeKeys("F"),
        });

        var first = await alice.Client.PollAsync();
        var later = await alice.Client.PollAsync(first.NextBatch());
        var full = await alice.Client.PollAsync(first.NextBatch(), fullState: true);
        var other = await phone.PollAsync();
        ground.Live.EvictAll();
        var evicted = await alice.Client.PollAsync(first.NextBatch());

        foreach (var answer in new[] { first, later, full, evicted })
        {
            Assert.Equal(2, answer.OneTimeKeysLeft());
            Assert.Equal("""["signed_curve25519"]""", answer.UnusedFallbackKeyTypes());
        }

        Assert.Equal(0, other.OneTimeKeysLeft());
        Assert.Equal("[]", other.UnusedFallbackKeyTypes());
    }

    [Theory]
    [AllDatabases]
    public async Task Claim_EndsTheWaitOfTheDeviceThatTheKeyIsOfOnly(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        using var alice = new KeyHolder(await ground.RegisterAsync("alice"));
        var phone = await ground.Server.LoginAsync("alice");
        var bob = await ground.RegisterAsync("bob");
        await alice.UploadOneTimeKeysAsync("A");
        var since = await alice.Client.CatchUpAsync();
        var poll = alice.Client.PollAsync(since, SyncAnswerExtensions.Long);
        var idle = phone.PollAsync(since, SyncAnswerExtensions.Long);
        await ground.Live.WaitForWaitsAsync(2);

        await bob.ClaimAsync(alice.Client);
        var woken = await poll;

        Assert.Equal(0, woken.OneTimeKeysLeft());
        Assert.Equal(1, ground.Live.Waiting);
        Assert.Equal(1, ground.Live.Wakes);
        await phone.SetAccountDataAsync("org.example.end", []);
        Assert.Equal(0, (await idle).OneTimeKeysLeft());
    }

    [Theory]
    [AllDatabases]
    public async Task Counts_ThatChangedBeforeTheToken_DoNotEndAWait(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        using var alice = new KeyHolder(await ground.RegisterAsync("alice"));
        await alice.UploadOneTimeKeysAsync("A");
        var since = await alice.Client.CatchUpAsync();

        var poll = alice.Client.PollAsync(since, SyncAnswerExtensions.Long);
        await ground.Live.WaitForWaitsAsync(1);
        await alice.Client.SetAccountDataAsync("org.example.end", []);

        Assert.Equal(1, (await poll).OneTimeKeysLeft());
    }

    [Theory]
    [AllDatabases]
    public async Task Claim_BeforeARestart_IsNewsForAnOlderToken(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        using var alice = new KeyHolder(await ground.RegisterAsync("alice"));
        var bob = await ground.RegisterAsync("bob");
        await alice.UploadOneTimeKeysAsync("A", "B");
        var since = await alice.Client.CatchUpAsync();
        await bob.ClaimAsync(alice.Client);

        var again = (await ground.RestartAsync(alice.Client))[0];

        Assert.Equal(1, (await again.PollAsync(since, SyncAnswerExtensions.Long)).OneTimeKeysLeft());
    }
}
