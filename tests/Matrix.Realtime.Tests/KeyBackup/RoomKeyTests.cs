using System.Net;
using System.Text.Json.Nodes;
using Matrix.Realtime.Tests.Databases;
using static Matrix.Realtime.Tests.KeyBackup.BackupRequests;

namespace Matrix.Realtime.Tests.KeyBackup;

/// <summary>Section 17: <c>/room_keys/keys</c>: what is stored comes back, and only to whom it belongs.</summary>
public sealed class RoomKeyTests
{
    private static readonly string[] Paths =
        [KeysPath("1"), KeysPath("1", Room), KeysPath("1", Room, "session")];

    [Theory]
    [AllDatabases]
    public async Task Keys_StoredByEachPath_AreReadByEachPath(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var version = await alice.CreateBackupAsync();
        const string first = """
            {"first_message_index":3,"forwarded_count":0,"is_verified":true,"session_data":{"a": [1.0,"\u00e4"]}}
            """;
        const string second = """
            {"first_message_index":0,"forwarded_count":7,"is_verified":false,"session_data":"opaque"}
            """;
        const string none = """{"sessions":{}}""";
        var room = $$$"""{"sessions":{"\"quoted\"":{{{second}}},"a/b+c":{{{first}}}}}""";
        var other = $$$"""{"sessions":{"a/b+c":{{{second}}}}}""";

        var answers = new[]
        {
            await PutAsync(KeysPath(version, Room, "a/b+c"), first),
            await PutAsync(KeysPath(version, Room), $$$"""{"sessions":{"\"quoted\"":{{{second}}}}}"""),
            await PutAsync(KeysPath(version), $$$"""{"rooms":{"!none":{{{none}}},"{{{OtherRoom}}}":{{{other}}}}}"""),
        };

        Assert.Equal(
            ["""{"etag":"1","count":1}""", """{"etag":"2","count":2}""", """{"etag":"3","count":3}"""], answers);
        Assert.Equal(("3", 3L), await alice.GetBackupStateAsync(version));
        Assert.Equal(first, await GetAsync(KeysPath(version, Room, "a/b+c")));
        Assert.Equal(second, await GetAsync(KeysPath(version, Room, "\"quoted\"")));
        Assert.Equal(room, await GetAsync(KeysPath(version, Room)));
        var all = JsonNode.Parse(await GetAsync(KeysPath(version)))!;
        var expected = JsonNode.Parse($$$"""{"rooms":{"{{{OtherRoom}}}":{{{other}}},"{{{Room}}}":{{{room}}}}}""")!;
        Assert.True(JsonNode.DeepEquals(expected, all), all.ToJsonString());

        async Task<string> GetAsync(string path)
        {
            var response = await alice.GetAsync(path);
            response.Expect(HttpStatusCode.OK);
            return response.Text;
        }

        async Task<string> PutAsync(string path, string body)
        {
            var response = await alice.SendAsync(HttpMethod.Put, path, MatrixClient.JsonContent(body));
            response.Expect(HttpStatusCode.OK);
            return response.Text;
        }
    }

    [Theory]
    [AllDatabases]
    public async Task Keys_ThatAreNotThere_AreAnsweredAsThePathSays(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var (alice, bob) = (await app.RegisterAsync("alice"), await app.RegisterAsync("bob"));
        await alice.CreateBackupAsync();

        Assert.Equal("""{"rooms":{}}""", (await alice.GetAsync(Paths[0]).ExpectAsync()).ToJsonString());
        Assert.Equal("""{"sessions":{}}""", (await alice.GetAsync(Paths[1]).ExpectAsync()).ToJsonString());
        var missing = await alice.GetAsync(Paths[2]).ExpectUnknownAsync();
        Assert.Equal("Key not found.", (string?)missing["error"]);
        foreach (var path in Paths)
        {
            var deleted = await alice.DeleteAsync(path).ExpectAsync();
            Assert.Equal("""{"etag":"0","count":0}""", deleted.ToJsonString());
            var refusal = await alice.GetAsync(path.Replace("=1", "=bogus", StringComparison.Ordinal)).ExpectUnknownAsync();
            Assert.Equal("Unknown backup version", (string?)refusal["error"]);
            await alice.DeleteAsync(path.Replace("=1", "=2", StringComparison.Ordinal)).ExpectUnknownAsync();
            await bob.GetAsync(path).ExpectUnknownAsync();
            await bob.DeleteAsync(path).ExpectUnknownAsync();
        }
    }

    [Theory]
    [AllDatabases]
    public async Task Keys_ForAnotherThanTheCurrentBackup_AreRefused(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        await PutEachAsync("1", response => response.ExpectUnknownAsync());
        await alice.CreateBackupAsync();
        await PutEachAsync("1", response => response.ExpectAsync());
        await alice.CreateBackupAsync();

        await PutEachAsync("1", async response =>
        {
            var refusal = await response.ExpectErrorAsync(HttpStatusCode.Forbidden, "M_WRONG_ROOM_KEYS_VERSION");
            Assert.Equal("2", (string?)refusal["current_version"]);
            return refusal;
        });
        await PutEachAsync("3", response => response.ExpectUnknownAsync());

        Assert.Equal(("1", 1L), await alice.GetBackupStateAsync("1"));
        Assert.Equal(("0", 0L), await alice.GetBackupStateAsync("2"));
        await alice.GetAsync(KeysPath("1", Room, "session")).ExpectAsync();
        Assert.Equal(("2", 0L), State(await alice.DeleteAsync(KeysPath("1", Room, "session")).ExpectAsync()));

        async Task PutEachAsync(string version, Func<Task<MatrixResponse>, Task<JsonObject>> expect)
        {
            var room = Sessions(["session"]);
            var rooms = new JsonObject { ["rooms"] = new JsonObject { [Room] = room.DeepClone() } };
            await expect(alice.PutAsync(KeysPath(version), rooms));
            await expect(alice.PutAsync(KeysPath(version, Room), room));
            await expect(alice.PutKeyAsync(version, "session", Key()));
        }
    }

    [Theory]
    [AllDatabases]
    public async Task Keys_WithoutAVersionOrOfTheWrongShape_AreRefused(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        await alice.CreateBackupAsync();
        string[] bodies = ["""{"rooms":{}}""", """{"sessions":{}}""", Key().ToJsonString()];
        foreach (var (path, body) in Paths.Zip(bodies))
        {
            await MissingAsync(alice.GetAsync(path.Split('?')[0]));
            await MissingAsync(alice.DeleteAsync(path.Split('?')[0]));
            await MissingAsync(alice.PutAsync(path.Split('?')[0], JsonNode.Parse(body)!));
            await app.Anonymous.GetAsync(path).ExpectErrorAsync(HttpStatusCode.Unauthorized, "M_MISSING_TOKEN");
        }

        await BadAsync(0, "{}", """{"rooms":null}""", """{"rooms":{"!r":null}}""", """{"rooms":{"!r":{}}}""");
        await BadAsync(0, """{"rooms":{"room":{"sessions":{}}}}""");
        await BadAsync(1, "{}", """{"sessions":[]}""", """{"sessions":{"s":null}}""", """{"sessions":{"s":{}}}""");
        foreach (var property in Key().Select(property => property.Key))
        {
            var key = Key();
            key.Remove(property);
            await BadAsync(2, key.ToJsonString());
        }

        var whole = Key().ToJsonString();
        await BadAsync(2, whole.Replace("false", "0", StringComparison.Ordinal));
        await BadAsync(2, whole.Replace("5", "5.5", StringComparison.Ordinal));
        var longId = new string('s', 256);
        await InvalidAsync(alice.PutKeyAsync("1", longId, Key()));
        await InvalidAsync(alice.PutAsync(Paths[1], Sessions([longId])));
        await InvalidAsync(alice.PutAsync(Paths[1], Sessions(["\0"])));
        Assert.Equal(("0", 0L), await alice.GetBackupStateAsync("1"));

        static Task MissingAsync(Task<MatrixResponse> response) =>
            response.ExpectErrorAsync(HttpStatusCode.BadRequest, "M_MISSING_PARAM");

        static Task InvalidAsync(Task<MatrixResponse> response) =>
            response.ExpectErrorAsync(HttpStatusCode.BadRequest, "M_INVALID_PARAM");

        async Task BadAsync(int path, params string[] wrong)
        {
            foreach (var body in wrong)
            {
                await alice.PutAsync(Paths[path], JsonNode.Parse(body)!)
                    .ExpectErrorAsync(HttpStatusCode.BadRequest, "M_BAD_JSON");
            }
        }
    }

    /// <summary>GEN-12.</summary>
    [Theory]
    [AllDatabases]
    public async Task Backup_OfASuspendedUser_StaysOpen(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(
            database,
            new() { Settings = new Dictionary<string, string?> { ["Matrix:Admins:0"] = "@admin:localhost" } });
        var (admin, alice) = (await app.RegisterAsync("admin"), await app.RegisterAsync("alice"));
        await admin.PutAsync(
            $"/_matrix/client/v1/admin/suspend/{MatrixClient.Escape(alice.UserId)}",
            new JsonObject { ["suspended"] = true }).ExpectAsync();

        var version = await alice.CreateBackupAsync();
        await alice.PutAsync($"room_keys/version/{version}", Backup("second")).ExpectAsync();
        await alice.PutKeyAsync(version, "session", Key()).ExpectAsync();
        await alice.GetAsync(KeysPath(version, Room, "session")).ExpectAsync();
        await alice.DeleteAsync(KeysPath(version)).ExpectAsync();
        await alice.DeleteAsync($"room_keys/version/{version}").ExpectAsync();
    }
}
