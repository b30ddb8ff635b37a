using System.Text.Json.Nodes;
using Matrix.Realtime.Tests.Databases;

namespace Matrix.Realtime.Tests.Sync;

public sealed class SyncIgnoreTests
{
    // SYN-81, SYN-82, SYN-15
    [Theory]
    [AllDatabases(false)]
    [AllDatabases(true)]
    public async Task Messages_OfIgnoredUser_AreHiddenUntilNoLongerIgnored(DatabaseKind kind, bool evicts)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var phone = await ground.Server.LoginAsync("alice");
        var bob = await ground.RegisterAsync("bob");
        var roomId = await SyncGround.CreateSharedRoomAsync(bob, alice);
        var since = await alice.CatchUpAsync();
        var onPhone = await phone.CatchUpAsync();
        await bob.SendAsync(roomId, "before");

        await alice.IgnoreAsync(bob);
        var poll = alice.PollAsync((await alice.PollAsync(since)).NextBatch(), SyncAnswerExtensions.Long);
        await ground.Live.WaitForPollsAsync(alice);
        await bob.SendAsync(roomId, "hidden");
        await bob.SetStateAsync(roomId, "org.example.state", [], bob.UserId);
        var hidden = await poll;
        await alice.SetAccountDataAsync("m.ignored_user_list", new JsonObject { ["ignored_users"] = new JsonObject() });
        await bob.SendAsync(roomId, "again");
        if (evicts)
        {
            ground.Live.EvictAll();
        }

        Assert.Equal(["org.example.state"], hidden.Joined(roomId).Timeline().Types());
        Assert.Equal(["again"], (await alice.PollAsync(hidden.NextBatch())).Joined(roomId).Texts());
        Assert.Equal(["before", "again"], (await phone.PollAsync(onPhone)).Joined(roomId).Texts());
        Assert.Equal(["before", "hidden", "again"], (await alice.PollAsync()).Joined(roomId).Texts());
    }

    // SYN-81
    [Theory]
    [AllDatabases]
    public async Task FirstSync_WhileIgnoring_HasNothingOfIgnoredUserButState(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var bob = await ground.RegisterAsync("bob");
        var roomId = await SyncGround.CreateSharedRoomAsync(alice, bob);
        await bob.SendAsync(roomId, "hidden");
        await alice.IgnoreAsync(bob);
        await bob.TypeAsync(roomId);

        var room = (await alice.PollAsync()).Joined(roomId);

        Assert.Empty(room.Texts());
        Assert.Contains(bob.UserId, room.Timeline().Concat(room.State()).Of("m.room.member").Keys);
        Assert.DoesNotContain(bob.UserId, room.Ephemeral().SelectMany(
            found => found["content"]!["user_ids"]!.AsArray().Select(user => (string)user!)));
        Assert.Equal(["hidden"], (await bob.PollAsync()).Joined(roomId).Texts());
    }

    // ACD-18, SYN-62: whatever a client stores there, syncing goes on.
    [Theory]
    [AllDatabases]
    public async Task IgnoredUserList_Malformed_IsDeliveredAndHidesNobody(DatabaseKind kind)
    {
        string[] contents =
        [
            "{}", """{"ignored_users":null}""", """{"ignored_users":7}""", """{"ignored_users":["@bob:localhost"]}""",
            """{"ignored_users":{"bob":{},"":null,"@bob":7}}""", """{"ignored_users":"@bob:localhost"}""",
            """{"ignored_users":{"@bob:localhost\u0000":{},"@bob":{},"!bob:localhost":{}},"ignored_users":true}""",
        ];
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var bob = await ground.RegisterAsync("bob");
        var roomId = await SyncGround.CreateSharedRoomAsync(alice, bob);
        var since = await alice.CatchUpAsync();

        foreach (var content in contents)
        {
            await alice.SetAccountDataAsync("m.ignored_user_list", JsonNode.Parse(content)!.AsObject());
            await bob.SendAsync(roomId, content);
            var answer = await alice.PollAsync(since);
            since = answer.NextBatch();

            Assert.Equal(content, answer.AccountData("m.ignored_user_list")!.ToJsonString());
            Assert.Equal([content], answer.Joined(roomId).Texts());
        }
    }

    // SYN-81: nobody can ignore themselves.
    [Theory]
    [AllDatabases]
    public async Task IgnoredUserList_WithOwner_HidesNothingOfTheirs(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var roomId = await alice.CreateRoomAsync();
        await alice.SetAccountDataAsync("m.ignored_user_list", Ignoring(alice));
        await alice.SendAsync(roomId, "mine");

        Assert.Equal(["mine"], (await alice.PollAsync()).Joined(roomId).Texts());
    }

    private static JsonObject Ignoring(MatrixClient user) =>
        new() { ["ignored_users"] = new JsonObject { [user.UserId] = new JsonObject() } };
}
