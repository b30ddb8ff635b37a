using System.Net;
using System.Text.Json.Nodes;
using Matrix.Realtime.Tests.Databases;
using Matrix.Realtime.Tests.Sync;

namespace Matrix.Realtime.Tests.AccountData;

public sealed class AccountDataTests
{
    private const string Type = "org.example.theme";
    private const string RoomId = "!room:localhost";

    // ACD-1, ACD-5, ACD-10, SYN-64
    [Theory]
    [AllDatabases]
    public async Task AccountData_Written_IsReadBackFromItsScopeOnly(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        await alice.GetAsync(alice.AccountDataPath(Type)).ExpectErrorAsync(HttpStatusCode.NotFound, "M_NOT_FOUND");
        await alice.GetAsync(alice.AccountDataPath(Type, RoomId)).ExpectErrorAsync(HttpStatusCode.NotFound, "M_NOT_FOUND");

        var written = await alice.PutAsync(alice.AccountDataPath(Type), new JsonObject { ["dark"] = false });
        await alice.GetAsync(alice.AccountDataPath(Type, RoomId)).ExpectErrorAsync(HttpStatusCode.NotFound, "M_NOT_FOUND");
        await alice.SetAccountDataAsync(Type, new JsonObject { ["nothing"] = null }, RoomId);
        await alice.SetAccountDataAsync(Type, new JsonObject { ["dark"] = true });

        Assert.Equal("{}", written.Text);
        Assert.Equal("""{"dark":true}""", (await alice.GetAsync(alice.AccountDataPath(Type))).Text);
        Assert.Equal("""{"nothing":null}""", (await alice.GetAsync(alice.AccountDataPath(Type, RoomId))).Text);
        var again = (await ground.RestartAsync(alice))[0];
        Assert.Equal("""{"dark":true}""", (await again.GetAsync(again.AccountDataPath(Type))).Text);
    }

    // ACD-2
    [Theory]
    [AllDatabases("[]", "M_BAD_JSON")]
    [AllDatabases("7", "M_BAD_JSON")]
    [AllDatabases("{", "M_NOT_JSON")]
    [AllDatabases("", "M_NOT_JSON")]
    public async Task AccountData_NotAnObject_IsRefused(DatabaseKind kind, string body, string errorCode)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");

        foreach (var path in new[] { alice.AccountDataPath(Type), alice.AccountDataPath(Type, RoomId) })
        {
            await alice.SendAsync(HttpMethod.Put, path, MatrixClient.JsonContent(body))
                .ExpectErrorAsync(HttpStatusCode.BadRequest, errorCode);
        }
    }

    // ACD-3, ACD-4, ACD-6, ACD-9
    [Theory]
    [AllDatabases]
    public async Task AccountData_OfOthersOrManagedOrMalformed_IsRefused(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var bob = await ground.RegisterAsync("bob");
        await alice.SetAccountDataAsync(Type, []);

        foreach (var path in new[] { alice.AccountDataPath(Type), alice.AccountDataPath(Type, RoomId) })
        {
            await bob.GetAsync(path).ExpectErrorAsync(HttpStatusCode.Forbidden, "M_FORBIDDEN");
            await bob.PutAsync(path, new JsonObject()).ExpectErrorAsync(HttpStatusCode.Forbidden, "M_FORBIDDEN");
        }

        var malformed = $"user/{alice.UserId}/rooms/nonsense/account_data/{Type}";
        await alice.GetAsync(malformed).ExpectErrorAsync(HttpStatusCode.BadRequest, "M_INVALID_PARAM");
        await alice.PutAsync(malformed, new JsonObject()).ExpectErrorAsync(HttpStatusCode.BadRequest, "M_INVALID_PARAM");
        foreach (var type in new[] { "m.fully_read", "m.push_rules" })
        {
            foreach (var path in new[] { alice.AccountDataPath(type), alice.AccountDataPath(type, RoomId) })
            {
                await alice.PutAsync(path, new JsonObject())
                    .ExpectErrorAsync(HttpStatusCode.MethodNotAllowed, "M_BAD_JSON");
            }
        }

        var rules = await alice.GetAsync(alice.AccountDataPath("m.push_rules")).ExpectAsync();
        Assert.NotNull(rules["global"]!["override"]);
    }

    // ACD-8 to ACD-10, SYN-13, SYN-62 to SYN-64
    [Theory]
    [AllDatabases]
    public async Task Sync_DeliversChangedTypesToAllDevicesOfOwner(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var phone = await ground.Server.LoginAsync("alice");
        var bob = await ground.RegisterAsync("bob");
        var roomId = await SyncGround.CreateSharedRoomAsync(alice, bob);
        await alice.SetAccountDataAsync("org.example.old", new JsonObject { ["n"] = 1 });
        await alice.SetAccountDataAsync("org.example.old", new JsonObject { ["n"] = 2 }, roomId);
        var first = await phone.PollAsync();
        var other = await bob.CatchUpAsync();

        await alice.SetAccountDataAsync("org.example.new", []);
        await alice.SetAccountDataAsync("org.example.new", new JsonObject { ["n"] = 3 }, roomId);
        await alice.SetAccountDataAsync("org.example.new", new JsonObject { ["n"] = 4 }, roomId);
        var second = await phone.PollAsync(first.NextBatch());

        Assert.NotNull(first.AccountData("m.push_rules")!["global"]);
        Assert.Equal("""{"n":1}""", first.AccountData("org.example.old")!.ToJsonString());
        Assert.Equal("""{"n":2}""", first.Joined(roomId).AccountData("org.example.old")!.ToJsonString());
        Assert.Equal("{}", second.AccountData("org.example.new")!.ToJsonString());
        Assert.Single(second["account_data"]!["events"]!.AsArray());
        Assert.Equal("""{"n":4}""", second.Joined(roomId).AccountData("org.example.new")!.ToJsonString());
        Assert.Single(second.Joined(roomId)!["account_data"]!["events"]!.AsArray());
        Assert.Empty(second.Joined(roomId).Timeline());
        Assert.True((await bob.PollAsync(other)).IsQuiet());
    }

    // ACD-8, SYN-56
    [Theory]
    [AllDatabases]
    public async Task RoomAccountData_WrittenBeforeJoin_IsDeliveredWithRoom(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var bob = await ground.RegisterAsync("bob");
        var roomId = await alice.CreateRoomAsync();
        await alice.InviteAsync(roomId, bob);
        await bob.SetAccountDataAsync("m.tag", new JsonObject { ["tags"] = new JsonObject() }, roomId);
        var invited = await bob.PollAsync();

        await bob.JoinAsync(roomId);
        var joined = await bob.PollAsync(invited.NextBatch());
        await bob.SetAccountDataAsync(Type, [], roomId);
        await bob.LeaveAsync(roomId);
        var left = await bob.PollAsync(joined.NextBatch());

        Assert.NotNull(joined.Joined(roomId).AccountData("m.tag"));
        Assert.NotNull(left.Left(roomId).AccountData(Type));
    }

    // ACD-10: several writers of one type; the last stands everywhere.
    [Theory]
    [AllDatabases]
    public async Task AccountData_WrittenAtOnce_EndsTheSameEverywhere(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var since = await alice.CatchUpAsync();

        await Task.WhenAll(Enumerable.Range(0, 30).Select(
            number => alice.SetAccountDataAsync($"{Type}{number % 3}", new JsonObject { ["n"] = number })));
        var incremental = await alice.PollAsync(since);
        ground.Live.EvictAll();
        var fresh = await alice.PollAsync();

        foreach (var type in new[] { $"{Type}0", $"{Type}1", $"{Type}2" })
        {
            var stored = (await alice.GetAsync(alice.AccountDataPath(type))).Text;
            Assert.Equal(stored, incremental.AccountData(type)!.ToJsonString());
            Assert.Equal(stored, fresh.AccountData(type)!.ToJsonString());
        }
    }
}
