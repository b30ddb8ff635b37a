using System.Globalization;
using System.Text.Json.Nodes;
using Matrix.Realtime.KeyBackup;
using Matrix.Realtime.Storage;
using Matrix.Realtime.Tests.Accounts;
using Matrix.Realtime.Tests.Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using static Matrix.Realtime.Tests.KeyBackup.BackupRequests;

namespace Matrix.Realtime.Tests.KeyBackup;

/// <summary>Which keys a backup keeps, and that etag and count say exactly what it holds.</summary>
public sealed class RoomKeyContentsTests
{
    [Theory]
    [AllDatabases]
    public async Task Key_ForASessionThatHasOne_StaysOutUnlessItIsBetter(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var version = await alice.CreateBackupAsync();
        var qualities = (
            from isVerified in new[] { false, true }
            from index in new[] { 10, 11 }
            from forwarded in new[] { 5, 6 }
            select (isVerified, index, forwarded)).ToList();
        var cases = qualities.SelectMany(present => qualities.Select(next => (present, next))).ToList();
        await alice.PutAsync(KeysPath(version, Room), Upload("present", pair => pair.present)).ExpectAsync();

        var changed = State(
            await alice.PutAsync(KeysPath(version, Room), Upload("next", pair => pair.next)).ExpectAsync());
        var repeated = State(
            await alice.PutAsync(KeysPath(version, Room), Upload("again", pair => pair.next)).ExpectAsync());

        Assert.Equal(("2", (long)cases.Count), changed);
        Assert.Equal(changed, repeated);
        var sessions = (await alice.GetAsync(KeysPath(version, Room)).ExpectAsync())["sessions"]!;
        foreach (var pair in cases)
        {
            var isBetter = Rank(pair.next).CompareTo(Rank(pair.present)) < 0;
            var (expected, data) = isBetter ? (pair.next, "next") : (pair.present, "present");
            Assert.Equal(
                Key(expected.isVerified, expected.index, expected.forwarded, data).ToJsonString(),
                sessions[pair.ToString()]!.ToJsonString());
        }

        JsonObject Upload(
            string data, Func<((bool, int, int) present, (bool, int, int) next), (bool, int, int)> choose) =>
            new()
            {
                ["sessions"] = new JsonObject(cases.Select(pair =>
                {
                    var (isVerified, index, forwarded) = choose(pair);
                    return KeyValuePair.Create(pair.ToString(), (JsonNode?)Key(isVerified, index, forwarded, data));
                })),
            };

        static (bool, int, int) Rank((bool IsVerified, int Index, int Forwarded) key) =>
            (!key.IsVerified, key.Index, key.Forwarded);
    }

    [Theory]
    [AllDatabases]
    public async Task Etag_AfterEachRequest_ChangesExactlyWhenTheKeysDo(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var version = await alice.CreateBackupAsync();
        await alice.PutAsync(KeysPath(version, Room), Sessions(["a", "b", "c"])).ExpectAsync();
        await alice.PutAsync(KeysPath(version, OtherRoom), Sessions(["a", "b"])).ExpectAsync();

        await ExpectAsync("2", 5, alice.PutKeyAsync(version, "a", Key()));
        await ExpectAsync("2", 5, alice.PutAsync(KeysPath(version, Room), Sessions([])));
        await ExpectAsync("3", 5, alice.PutKeyAsync(version, "a", Key(isVerified: true)));
        await ExpectAsync("4", 6, alice.PutAsync(KeysPath(version, Room), Sessions(["b", "c", "d"])));
        await ExpectAsync("4", 6, alice.DeleteAsync(KeysPath(version, Room, "unknown")));
        await ExpectAsync("5", 5, alice.DeleteAsync(KeysPath(version, Room, "a")));
        await ExpectAsync("6", 2, alice.DeleteAsync(KeysPath(version, Room)));
        await ExpectAsync("7", 0, alice.DeleteAsync(KeysPath(version)));
        await ExpectAsync("7", 0, alice.DeleteAsync(KeysPath(version)));
        await ExpectAsync("8", 1, alice.PutKeyAsync(version, "a", Key()));

        async Task ExpectAsync(string etag, long count, Task<MatrixResponse> response)
        {
            Assert.Equal((etag, count), State(await response.ExpectAsync()));
            Assert.Equal((etag, count), await alice.GetBackupStateAsync(version));
            Assert.Equal(count, await database.UseAsync(context => context.Set<RoomKeyRow>().LongCountAsync()));
        }
    }

    [Theory]
    [AllDatabases]
    public async Task EtagAndCount_WhileTwoDevicesUpload_AreExact(DatabaseKind kind)
    {
        const int uploads = 40;
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        MatrixClient[] devices = [await app.RegisterAsync("alice"), await app.LoginAsync("alice")];
        var version = await devices[0].CreateBackupAsync();

        var own = await Task.WhenAll(Enumerable.Range(0, uploads).Select(i =>
            devices[i % 2].PutKeyAsync(version, $"session{i}", Key()).ExpectAsync()));
        var shared = await Task.WhenAll(Enumerable.Range(0, uploads).Select(i =>
            devices[i % 2].PutKeyAsync(version, "shared", Key(data: $"{i}")).ExpectAsync()));
        var deleted = await Task.WhenAll(Enumerable.Range(0, uploads).Select(i =>
            devices[i % 2].DeleteAsync(KeysPath(version, Room, $"session{i / 2}")).ExpectAsync()));

        Assert.Equal(
            Enumerable.Range(1, uploads).Select(i => (i.ToString(CultureInfo.InvariantCulture), (long)i)),
            own.Select(State).OrderBy(state => state.Count));
        Assert.All(shared, answer => Assert.Equal(($"{uploads + 1}", uploads + 1L), State(answer)));
        Assert.Equal(uploads / 2, deleted.Select(State).Distinct().Count());
        var end = ($"{uploads + 1 + (uploads / 2)}", (long)(uploads / 2) + 1);
        Assert.Equal(end, await devices[0].GetBackupStateAsync(version));
        Assert.Equal(end.Item2, await database.UseAsync(context => context.Set<RoomKeyRow>().LongCountAsync()));
    }

    [Theory]
    [AllDatabases]
    public async Task Upload_OfThousandsOfSessions_ReadsTheDatabaseAsOftenAsOfOne(DatabaseKind kind)
    {
        var commands = new CommandCounter();
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database, new()
        {
            // With a clock that stands still nothing else reads the database on its own.
            Time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(60)),
            Services = services => services.ConfigureDbContext<MatrixDbContext>(
                options => options.AddInterceptors(commands)),
        });
        var alice = await app.RegisterAsync("alice");
        var version = await alice.CreateBackupAsync();
        var sessions = Enumerable.Range(0, 3000).Select(i => $"session{i}").ToList();

        var forOne = await CountAsync(["first"]);
        var forAll = await CountAsync(sessions);
        var again = await CountAsync(sessions);

        Assert.True(forOne > 0);
        Assert.Equal((forOne, forOne), (forAll, again));
        Assert.Equal(("2", 3001L), await alice.GetBackupStateAsync(version));
        var stored = (await alice.GetAsync(KeysPath(version)).ExpectAsync())["rooms"]![Room]!["sessions"]!;
        Assert.Equal(sessions.Append("first").Order(), stored.AsObject().Select(session => session.Key).Order());
        Assert.Equal(0, State(await alice.DeleteAsync(KeysPath(version)).ExpectAsync()).Count);
        Assert.Equal(0, await database.UseAsync(context => context.Set<RoomKeyRow>().CountAsync()));

        async Task<int> CountAsync(IEnumerable<string> ids)
        {
            var before = commands.Count;
            await alice.PutAsync(KeysPath(version, Room), Sessions(ids)).ExpectAsync();
            return commands.Count - before;
        }
    }
}
