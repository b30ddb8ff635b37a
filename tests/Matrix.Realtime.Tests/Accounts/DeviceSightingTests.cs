using Matrix.Realtime.Accounts.Devices;
using Matrix.Realtime.Tests.Databases;
using Matrix.Realtime.Tests.Sync;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace Matrix.Realtime.Tests.Accounts;

/// <summary>Section 17: <c>last_seen_ts</c> and <c>last_seen_ip</c> of devices.</summary>
public sealed class DeviceSightingTests
{
    private static readonly DateTimeOffset Start = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [AllDatabases]
    public async Task Device_Seen_TellsWhenItWasLast(DatabaseKind kind)
    {
        var time = new FakeTimeProvider(Start);
        await using var ground = await SyncGround.StartAsync(kind, new() { Time = time });
        var laptop = await ground.RegisterAsync("alice", "LAPTOP");
        var phone = await ground.Server.LoginAsync("alice", "PHONE");
        await laptop.GetAsync("account/whoami").ExpectAsync();
        var first = await LastSeenAsync(phone);
        time.Advance(TimeSpan.FromMinutes(9));
        await laptop.GetAsync("account/whoami").ExpectAsync();
        var second = await LastSeenAsync(phone);
        var again = await ground.RestartAsync(laptop, phone);
        var restored = await LastSeenAsync(again[1]);
        time.Advance(TimeSpan.FromMinutes(2));
        await again[0].GetAsync("account/whoami").ExpectAsync();
        again = await ground.RestartAsync(laptop, phone);

        Assert.Equal(Start.ToUnixTimeMilliseconds(), first);
        Assert.Equal(Start.AddMinutes(9).ToUnixTimeMilliseconds(), second);
        Assert.Equal(second, restored);
        Assert.Equal(Start.AddMinutes(11).ToUnixTimeMilliseconds(), await LastSeenAsync(again[1]));
    }

    [Theory]
    [AllDatabases]
    public async Task Device_SeenOverTheNetwork_TellsFromWhere(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind, new() { Listens = true });
        var laptop = await ground.RegisterAsync("alice", "LAPTOP");

        var device = await laptop.GetAsync("devices/LAPTOP").ExpectAsync();
        var listed = (await laptop.GetAsync("devices").ExpectAsync())["devices"]![0]!;

        Assert.Contains((string)device["last_seen_ip"]!, new[] { "127.0.0.1", "::1", "::ffff:127.0.0.1" });
        Assert.Equal((string)device["last_seen_ip"]!, (string)listed["last_seen_ip"]!);
    }

    [Theory]
    [AllDatabases]
    public async Task Requests_WriteOnceAnHour(DatabaseKind kind)
    {
        var time = new FakeTimeProvider(Start);
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database, new() { Time = time });
        var alice = await app.RegisterAsync("alice");
        await alice.CreateRoomAsync();
        var since = await alice.CatchUpAsync();

        for (var request = 0; request < 9; request++)
        {
            time.Advance(TimeSpan.FromMinutes(6));
            await alice.GetAsync("account/whoami").ExpectAsync();
        }

        var quiet = (await alice.PollAsync(since)).NextBatch();
        time.Advance(TimeSpan.FromMinutes(6));
        await alice.GetAsync("account/whoami").ExpectAsync();
        await alice.CreateRoomAsync();
        var written = await database.UseAsync(context => context.Set<DeviceSightingRow>().Select(row => row.SeenTs).ToListAsync());

        Assert.Equal(since, quiet);
        Assert.Equal([Start.AddHours(1).ToUnixTimeMilliseconds()], written);
    }

    [Theory]
    [AllDatabases]
    public async Task Device_LoggedOut_IsForgotten(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var phone = await app.LoginAsync("alice");
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => phone.GetAsync("account/whoami").ExpectAsync()));
        await alice.CreateRoomAsync();
        app = await app.RestartAsync();
        var before = await ReadSeenAsync(database);

        await app.Continue(phone).PostAsync("logout").ExpectAsync();
        await app.Continue(alice).CreateRoomAsync();
        await app.DisposeAsync();

        Assert.Equal(2, before.Count);
        Assert.Equal([alice.DeviceId], await ReadSeenAsync(database));
    }

    // A request is slow to be counted, and its device is gone by then.
    [Theory]
    [AllDatabases]
    public async Task Device_SeenAfterItHasLoggedOut_DoesNotComeBack(DatabaseKind kind)
    {
        var gate = new CommitGate();
        await using var database = await TestDatabase.CreateAsync(kind);
        var app = await RealtimeApplication.StartAsync(database, new() { Services = gate.Install });
        var alice = await app.RegisterAsync("alice");
        var phone = await app.LoginAsync("alice");

        await gate.AdmitLateAsync(
            () => phone.GetAsync("account/whoami"), () => phone.PostAsync("logout").ExpectAsync());
        await alice.CreateRoomAsync();
        await app.DisposeAsync();

        Assert.Equal([alice.DeviceId], await ReadSeenAsync(database));
    }

    private static Task<List<string>> ReadSeenAsync(Database database) => database.UseAsync(context =>
        context.Set<DeviceSightingRow>().Select(row => row.DeviceId.ToString()!).ToListAsync());

    private static async Task<long> LastSeenAsync(MatrixClient asker) =>
        (long)(await asker.GetAsync("devices/LAPTOP").ExpectAsync())["last_seen_ts"]!;
}
