using System.Net;
using System.Text.Json.Nodes;
using Matrix.Realtime.Tests.Databases;
using Matrix.Realtime.Tests.Sync;

namespace Matrix.Realtime.Tests.AccountData;

/// <summary>Deletion of account data (MSC3391): ACD-12.</summary>
public sealed class AccountDataDeletionTests
{
    private const string Type = "org.example.theme";

    [Theory]
    [AllDatabases("/_matrix/client/v3")]
    [AllDatabases("/_matrix/client/unstable/org.matrix.msc3391")]
    public async Task AccountData_Deleted_IsGoneForReadersAndToldToClients(DatabaseKind kind, string prefix)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var phone = await ground.Server.LoginAsync("alice");
        var roomId = await alice.CreateRoomAsync();
        await SetEverywhereAsync(alice, roomId, new JsonObject { ["dark"] = true });
        var since = await phone.CatchUpAsync();

        foreach (var path in new[] { alice.AccountDataPath(Type), alice.AccountDataPath(Type, roomId) })
        {
            Assert.Equal("{}", (await alice.DeleteAsync($"{prefix}/{path}")).Text);
            await alice.GetAsync(path).ExpectErrorAsync(HttpStatusCode.NotFound, "M_NOT_FOUND");
        }

        var told = await phone.PollAsync(since);
        var first = await phone.PollAsync();
        var again = (await ground.RestartAsync(phone))[0];

        Assert.Equal("{}", told.AccountData(Type)!.ToJsonString());
        Assert.Equal("{}", told.Joined(roomId).AccountData(Type)!.ToJsonString());
        Assert.Null(first.AccountData(Type));
        Assert.Null(first.Joined(roomId).AccountData(Type));
        await again.GetAsync(again.AccountDataPath(Type)).ExpectErrorAsync(HttpStatusCode.NotFound, "M_NOT_FOUND");
        Assert.Equal("{}", (await again.PollAsync(since)).AccountData(Type)!.ToJsonString());
        Assert.True((await again.PollAsync(told.NextBatch())).IsQuiet());
        Assert.Null((await again.PollAsync()).AccountData(Type));
    }

    [Theory]
    [AllDatabases]
    public async Task AccountData_WrittenAfterDeletion_IsBack(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        await alice.SetAccountDataAsync(Type, []);
        await alice.DeleteAccountDataAsync(Type);
        var since = await alice.CatchUpAsync();

        await alice.SetAccountDataAsync(Type, []);

        Assert.Equal("{}", (await alice.GetAsync(alice.AccountDataPath(Type)).ExpectAsync()).ToJsonString());
        Assert.NotNull((await alice.PollAsync(since)).AccountData(Type));
        Assert.NotNull((await alice.PollAsync()).AccountData(Type));
    }

    [Theory]
    [AllDatabases]
    public async Task Delete_OfWhatIsNotThere_IsDoneAndWakesNobody(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var roomId = await alice.CreateRoomAsync();
        await SetEverywhereAsync(alice, roomId, []);
        await DeleteEverywhereAsync(alice, roomId);
        var since = await alice.CatchUpAsync();
        var poll = alice.PollAsync(since, SyncAnswerExtensions.Long);
        await ground.Live.WaitForPollsAsync(alice);

        await DeleteEverywhereAsync(alice, roomId);
        await alice.DeleteAccountDataAsync("org.example.never");
        var meanwhile = await alice.PollAsync(since);
        await alice.SetAccountDataAsync("org.example.end", []);

        Assert.Equal(since, meanwhile.NextBatch());
        var answer = await poll;
        Assert.Single(answer["account_data"]!["events"]!.AsArray());
        Assert.NotNull(answer.AccountData("org.example.end"));
        Assert.Null(answer.Joined(roomId));
    }

    // ACD-3, ACD-4, ACD-6
    [Theory]
    [AllDatabases]
    public async Task Delete_OfOthersOrManagedOrMalformed_IsRefused(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var bob = await ground.RegisterAsync("bob");
        var roomId = await alice.CreateRoomAsync();
        await SetEverywhereAsync(alice, roomId, []);

        foreach (var room in new[] { null, roomId })
        {
            await bob.DeleteAsync(alice.AccountDataPath(Type, room))
                .ExpectErrorAsync(HttpStatusCode.Forbidden, "M_FORBIDDEN");
            await alice.GetAsync(alice.AccountDataPath(Type, room)).ExpectAsync();
            foreach (var managed in new[] { "m.fully_read", "m.push_rules" })
            {
                await alice.DeleteAsync(alice.AccountDataPath(managed, room))
                    .ExpectErrorAsync(HttpStatusCode.MethodNotAllowed, "M_BAD_JSON");
            }
        }

        await alice.DeleteAsync($"user/{alice.UserId}/rooms/nonsense/account_data/{Type}")
            .ExpectErrorAsync(HttpStatusCode.BadRequest, "M_INVALID_PARAM");
    }

    // A client that had the room keeps what it knew of it until it is told otherwise.
    [Theory]
    [AllDatabases]
    public async Task RoomAccountData_DeletedWhileAway_IsToldOnReturn(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var bob = await ground.RegisterAsync("bob");
        var roomId = await SyncGround.CreateSharedRoomAsync(bob, alice);
        await alice.SetAccountDataAsync(Type, new JsonObject { ["dark"] = true }, roomId);
        await alice.LeaveAsync(roomId);
        await alice.DeleteAccountDataAsync(Type, roomId);
        var since = await alice.CatchUpAsync();

        await alice.JoinAsync(roomId);

        Assert.Equal("{}", (await alice.PollAsync(since)).Joined(roomId).AccountData(Type)!.ToJsonString());
        Assert.Null((await alice.PollAsync()).Joined(roomId).AccountData(Type));
    }

    // ACD-18, ACD-19: without their lists nobody is ignored and invites are welcome.
    [Theory]
    [AllDatabases]
    public async Task ListsOfUsers_Deleted_HaveNoEffectAnyMore(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var bob = await ground.RegisterAsync("bob");
        var roomId = await SyncGround.CreateSharedRoomAsync(alice, bob);
        var other = await bob.CreateRoomAsync();
        await alice.IgnoreAsync(bob);
        await alice.SetAccountDataAsync("m.invite_permission_config", new JsonObject { ["default_action"] = "block" });
        await alice.DeleteAccountDataAsync("m.ignored_user_list");
        await alice.DeleteAccountDataAsync("m.invite_permission_config");
        ground.Live.EvictAll();
        var since = await alice.CatchUpAsync();

        await bob.SendAsync(roomId, "hello");
        await bob.InviteAsync(other, alice);

        var answer = await alice.PollAsync(since);
        Assert.Equal(["hello"], answer.Joined(roomId).Texts());
        Assert.NotNull(answer.Invited(other));
    }

    [Theory]
    [AllDatabases]
    public async Task Versions_NameTheFeature(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");

        var versions = await alice.GetAsync("/_matrix/client/versions").ExpectAsync();

        Assert.True((bool)versions["unstable_features"]!["org.matrix.msc3391"]!);
    }

    private static async Task SetEverywhereAsync(MatrixClient user, string roomId, JsonObject content)
    {
        await user.SetAccountDataAsync(Type, content);
        await user.SetAccountDataAsync(Type, content, roomId);
    }

    private static async Task DeleteEverywhereAsync(MatrixClient user, string roomId)
    {
        await user.DeleteAccountDataAsync(Type);
        await user.DeleteAccountDataAsync(Type, roomId);
    }
}
