using System.Net;
using System.Text.Json.Nodes;
using Matrix.Realtime.KeyBackup;
using Matrix.Realtime.Tests.Accounts;
using Matrix.Realtime.Tests.Databases;
using Microsoft.EntityFrameworkCore;
using static Matrix.Realtime.Tests.KeyBackup.BackupRequests;

namespace Matrix.Realtime.Tests.KeyBackup;

/// <summary>Section 17: <c>/room_keys/version</c>.</summary>
public sealed class KeyBackupVersionTests
{
    [Theory]
    [AllDatabases]
    public async Task Create_Again_MakesTheNewOneCurrent_AndKeepsTheOthers(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var (alice, bob) = (await app.RegisterAsync("alice"), await app.RegisterAsync("bob"));
        var none = await alice.GetAsync("room_keys/version").ExpectUnknownAsync();

        for (var i = 1; i <= 11; i++)
        {
            var created = await alice.PostAsync("room_keys/version", Backup($"key{i}")).ExpectAsync();
            Assert.Equal($$"""{"version":"{{i}}"}""", created.ToJsonString());
        }

        Assert.Equal("No current backup version", (string?)none["error"]);
        await ExpectAsync("version", "key11", "11");
        await ExpectAsync("version/11", "key11", "11");
        await ExpectAsync("version/1", "key1", "1");
        foreach (var unknown in new[] { "0", "12", "01", "+1", "-1", "bogus", "99999999999999999999" })
        {
            var refusal = await alice.GetAsync($"room_keys/version/{unknown}").ExpectUnknownAsync();
            Assert.Equal("Unknown backup version", (string?)refusal["error"]);
        }

        await bob.GetAsync("room_keys/version").ExpectUnknownAsync();
        await bob.GetAsync("room_keys/version/1").ExpectUnknownAsync();

        async Task ExpectAsync(string path, string key, string version)
        {
            var expected = Backup(key);
            expected["count"] = 0;
            expected["etag"] = "0";
            expected["version"] = version;
            var backup = await alice.GetAsync($"room_keys/{path}").ExpectAsync();
            Assert.Equal(expected.ToJsonString(), backup.ToJsonString());
        }
    }

    [Theory]
    [AllDatabases]
    public async Task Create_FromManyDevicesAtOnce_GivesEachItsOwnVersion(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var phone = await app.LoginAsync("alice");

        var versions = await Task.WhenAll(
            Enumerable.Range(0, 16).Select(i => (i % 2 == 0 ? alice : phone).CreateBackupAsync()));

        Assert.Equal(
            Enumerable.Range(1, 16), versions.Select(version => int.Parse(version, null)).Order());
    }

    [Theory]
    [AllDatabases]
    public async Task Update_ChangesTheAuthDataOnly(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var version = await alice.CreateBackupAsync();
        await alice.PutKeyAsync(version, "session", Key()).ExpectAsync();
        var path = $"room_keys/version/{version}";

        var answer = await alice.PutAsync(path, Backup("second")).ExpectAsync();
        var repeated = Backup("third");
        repeated["version"] = version;
        await alice.PutAsync(path, repeated).ExpectAsync();

        await RefusedAsync(alice.PutAsync(path, Backup("fourth", "m.other")), "Algorithm does not match");
        repeated["version"] = "7";
        await RefusedAsync(alice.PutAsync(path, repeated), "Version does not match");
        await alice.PutAsync("room_keys/version/7", Backup("fourth")).ExpectUnknownAsync();
        Assert.Equal("{}", answer.ToJsonString());
        var backup = await alice.GetAsync(path).ExpectAsync();
        Assert.Equal("""{"public_key":"third"}""", backup["auth_data"]!.ToJsonString());
        Assert.Equal(("1", 1L), State(backup));

        static async Task RefusedAsync(Task<MatrixResponse> response, string error) => Assert.Equal(
            error, (string?)(await response.ExpectErrorAsync(HttpStatusCode.BadRequest, "M_INVALID_PARAM"))["error"]);
    }

    [Theory]
    [AllDatabases]
    public async Task Delete_TakesTheKeysAlong_AndUncoversTheBackupBefore(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var first = await alice.CreateBackupAsync();
        await alice.PutKeyAsync(first, "session", Key()).ExpectAsync();
        var second = await alice.CreateBackupAsync();
        var sessions = Sessions(Enumerable.Range(0, 2500).Select(i => $"session{i}"));
        await alice.PutAsync(KeysPath(second, Room), sessions).ExpectAsync();

        await alice.DeleteAsync($"room_keys/version/{second}").ExpectAsync();
        await alice.DeleteAsync($"room_keys/version/{second}").ExpectAsync();

        await alice.DeleteAsync("room_keys/version/3").ExpectUnknownAsync();
        await alice.GetAsync($"room_keys/version/{second}").ExpectUnknownAsync();
        await alice.PutAsync($"room_keys/version/{second}", Backup("again")).ExpectUnknownAsync();
        await alice.GetAsync(KeysPath(second)).ExpectUnknownAsync();
        await alice.DeleteAsync(KeysPath(second)).ExpectUnknownAsync();
        await alice.PutKeyAsync(second, "session", Key()).ExpectUnknownAsync();
        var current = await alice.GetAsync("room_keys/version").ExpectAsync();
        Assert.Equal(first, (string?)current["version"]);
        await alice.PutKeyAsync(first, "other", Key()).ExpectAsync();
        Assert.Equal(2, await database.UseAsync(context => context.Set<RoomKeyRow>().CountAsync()));
        Assert.Equal("3", await alice.CreateBackupAsync());
        Assert.Equal("""{"rooms":{}}""", (await alice.GetAsync(KeysPath("3")).ExpectAsync()).ToJsonString());
    }

    [Theory]
    [AllDatabases]
    public async Task Deletion_Interrupted_IsFinishedByTheNextStart(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var deleted = await alice.CreateBackupAsync();
        var sessions = Sessions(Enumerable.Range(0, 1001).Select(number => $"session{number}"));
        await alice.PutAsync(KeysPath(deleted, Room), sessions).ExpectAsync();
        var kept = await alice.CreateBackupAsync();
        await alice.PutKeyAsync(kept, "session", Key()).ExpectAsync();
        await app.DisposeAsync();
        await database.UseAsync(context => context.Set<KeyBackupRow>().Where(row => row.Version == 1)
            .ExecuteUpdateAsync(update => update.SetProperty(row => row.IsDeleted, true)));

        await using var restarted = await app.RestartAsync();

        Assert.Equal([2], await database.UseAsync(context =>
            context.Set<RoomKeyRow>().Select(row => row.Version).ToListAsync()));
        Assert.Equal(("1", 1), await restarted.Continue(alice).GetBackupStateAsync(kept));
    }

    [Theory]
    [AllDatabases]
    public async Task Deactivation_DeletesAllBackups(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var (alice, bob) = (await app.RegisterAsync("alice"), await app.RegisterAsync("bob"));
        foreach (var user in new[] { alice, alice, bob })
        {
            await user.PutKeyAsync(await user.CreateBackupAsync(), "session", Key()).ExpectAsync();
        }

        await alice.DeactivateAsync();

        var keys = await database.UseAsync(context => context.Set<RoomKeyRow>().ToListAsync());
        Assert.Equal([bob.UserId], keys.Select(key => key.UserId.Value));
        var backups = await database.UseAsync(context => context.Set<KeyBackupRow>().ToListAsync());
        Assert.All(backups, backup => Assert.Equal(backup.UserId.Value == alice.UserId, backup.IsDeleted));
        Assert.All(backups.Where(backup => backup.IsDeleted), backup => Assert.Empty(backup.AuthData));
    }

    [Theory]
    [AllDatabases("""{"auth_data":{}}""")]
    [AllDatabases("""{"algorithm":"m.megolm_backup.v1.curve25519-aes-sha2"}""")]
    [AllDatabases("""{"algorithm":5,"auth_data":{}}""")]
    [AllDatabases("""{"algorithm":null,"auth_data":{}}""")]
    public async Task Backup_Malformed_IsRefused(DatabaseKind kind, string body)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var version = await alice.CreateBackupAsync();

        await alice.PostAsync("room_keys/version", JsonNode.Parse(body)!)
            .ExpectErrorAsync(HttpStatusCode.BadRequest, "M_BAD_JSON");
        await alice.PutAsync($"room_keys/version/{version}", JsonNode.Parse(body)!)
            .ExpectErrorAsync(HttpStatusCode.BadRequest, "M_BAD_JSON");

        Assert.Equal(version, (string?)(await alice.GetAsync("room_keys/version").ExpectAsync())["version"]);
    }
}
