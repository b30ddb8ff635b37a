using System.Net;
using System.Text.Json.Nodes;
using Matrix.Realtime.Errors;
using Matrix.Realtime.Hosting;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Tests.Accounts;
using Matrix.Realtime.Tests.Databases;
using Matrix.Realtime.Tests.LiveQueries;

namespace Matrix.Realtime.Tests.Hosting;

/// <summary>Code in the process that acts as a user.</summary>
public sealed class UserActionsTests
{
    [Theory, AllDatabases]
    public async Task Actions_OfABot_ReachClients(DatabaseKind kind)
    {
        await using var ground = await LiveGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var room = await alice.CreateRoomAsync();
        var message = await alice.SendAsync(room, "hello");
        var bot = await ground.Users.GetOrCreateAsync("bot");

        await ground.Users.JoinAsync(bot, RoomId.Parse(room));
        await ground.Users.SendReceiptAsync(bot, RoomId.Parse(room), EventId.Parse(message));
        await ground.Users.SendTextAsync(bot, RoomId.Parse(room), "hello, alice");
        await ground.Users.SetTypingAsync(bot, RoomId.Parse(room), isTyping: true);

        var joined = (await alice.SyncAsync())["rooms"]!["join"]![room]!;
        var said = joined["timeline"]!["events"]!.AsArray()[^1]!;
        Assert.Equal((bot.Value, "hello, alice"), ((string)said["sender"]!, (string)said["content"]!["body"]!));
        var ephemeral = joined["ephemeral"]!["events"]!.AsArray();
        var typing = ephemeral.Single(added => (string)added!["type"]! == "m.typing")!["content"]!;
        Assert.Equal(bot.Value, (string)typing["user_ids"]![0]!);
        var receipts = ephemeral.Single(added => (string)added!["type"]! == "m.receipt")!["content"]!;
        Assert.NotNull(receipts[message]!["m.read"]![bot.Value]);

        await ground.Users.SetTypingAsync(bot, RoomId.Parse(room), isTyping: false);
        await ground.Users.LeaveAsync(bot, RoomId.Parse(room));
        var members = await alice.GetAsync($"rooms/{MatrixClient.Escape(room)}/joined_members").ExpectAsync();
        Assert.Equal([alice.UserId], members["joined"]!.AsObject().Select(member => member.Key));
    }

    [Theory, AllDatabases]
    public async Task GetOrCreate_OfTheSameName_GivesTheSameUser(DatabaseKind kind)
    {
        await using var ground = await LiveGround.StartAsync(kind, new RealtimeApplicationOptions
        {
            Settings = new Dictionary<string, string?> { ["Matrix:Registration:Enabled"] = "false" },
        });

        var users = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => ground.Users.GetOrCreateAsync("Bot")));

        Assert.Equal("@bot:localhost", Assert.Single(users.Distinct()).Value);
        await ground.Server.Anonymous.GetAsync("profile/@bot:localhost").ExpectAsync();
        var refused = await Assert.ThrowsAsync<MatrixException>(() => ground.Users.GetOrCreateAsync("a bot"));
        Assert.Equal("M_INVALID_USERNAME", refused.ErrorCode);
    }

    [Theory, AllDatabases]
    public async Task Send_WithATransactionIdTwice_SendsOnce(DatabaseKind kind)
    {
        await using var ground = await LiveGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var room = RoomId.Parse(await alice.CreateRoomAsync());
        var bot = await ground.Users.GetOrCreateAsync("bot");
        await ground.Users.JoinAsync(bot, room);

        var first = await ground.Users.SendAsync(bot, room, "org.example", new JsonObject { ["n"] = 1 }, "one");
        var again = await ground.Users.SendAsync(bot, room, "org.example", new JsonObject { ["n"] = 1 }, "one");
        var other = await ground.Users.SendAsync(bot, room, "org.example", new JsonObject { ["n"] = 1 });

        Assert.Equal(first, again);
        Assert.NotEqual(first, other);
    }

    // Whoever could would share the host's transaction ids.
    [Theory, AllDatabases]
    public async Task Login_OnTheDeviceOfTheHost_IsRefused(DatabaseKind kind)
    {
        const string Host = "io.matrixrealtime.host";
        await using var ground = await LiveGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var registration = AccountRequests.Registration("bob");
        registration["device_id"] = Host;

        await ground.Server.Anonymous.PostAsync("login", AccountRequests.Login("alice", "wonderland", Host))
            .ExpectErrorAsync(HttpStatusCode.BadRequest, "M_INVALID_PARAM");
        await ground.Server.Anonymous.PostAsync("register", registration)
            .ExpectErrorAsync(HttpStatusCode.BadRequest, "M_INVALID_PARAM");

        var devices = (await alice.GetAsync("devices").ExpectAsync())["devices"]!.AsArray();
        Assert.Equal([alice.DeviceId], devices.Select(device => (string)device!["device_id"]!));
    }

    [Theory, AllDatabases]
    public async Task Actions_ThatTheUserMayNotDo_AreRefused(DatabaseKind kind)
    {
        await using var ground = await LiveGround.StartAsync(kind, new RealtimeApplicationOptions
        {
            Settings = new Dictionary<string, string?> { ["Matrix:Admins:0"] = "@alice:localhost" },
        });
        var alice = await ground.RegisterAsync("alice");
        var closed = RoomId.Parse(await alice.CreateRoomAsync(new JsonObject { ["preset"] = "private_chat" }));
        var open = RoomId.Parse(await alice.CreateRoomAsync());
        var bot = await ground.Users.GetOrCreateAsync("bot");
        await ground.Users.JoinAsync(bot, open);

        await RefuseAsync("M_FORBIDDEN", () => ground.Users.JoinAsync(bot, closed));
        await RefuseAsync("M_FORBIDDEN", () => ground.Users.SendTextAsync(bot, closed, "let me in"));
        await RefuseAsync("M_NOT_FOUND", () => ground.Users.JoinAsync(UserId.Parse("@nobody:localhost"), open));
        await RestrictAsync(alice, "suspend", "suspended");
        await RefuseAsync("M_USER_SUSPENDED", () => ground.Users.SendTextAsync(bot, open, "hello"));
        await RestrictAsync(alice, "lock", "locked");
        await RefuseAsync("M_USER_LOCKED", () => ground.Users.LeaveAsync(bot, open));
    }

    private static async Task RefuseAsync(string code, Func<Task> action) =>
        Assert.Equal(code, (await Assert.ThrowsAsync<MatrixException>(action)).ErrorCode);

    private static Task RestrictAsync(MatrixClient admin, string action, string restriction) =>
        admin.PutAsync(
            $"/_matrix/client/v1/admin/{action}/@bot:localhost", new JsonObject { [restriction] = true }).ExpectAsync();
}
