using System.Net;
using System.Text.Json.Nodes;
using Matrix.Realtime.Tests.Databases;
using Matrix.Realtime.Tests.Sync;
using Microsoft.Extensions.Time.Testing;

namespace Matrix.Realtime.Tests.ToDevice;

public sealed class ToDeviceTests
{
    // TDV-1, SYN-65
    [Theory]
    [AllDatabases]
    public async Task SendToDevice_ToKnownDevice_IsDeliveredThereAndNowhereElse(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice", "LAPTOP");
        var bob = await ground.RegisterAsync("bob", "PHONE");
        var tablet = await ground.Server.LoginAsync("bob", "TABLET");
        JsonObject content = new() { ["algorithm"] = "m.megolm", ["nested"] = new JsonObject { ["float"] = 1.5 } };
        JsonObject body = new()
        {
            ["messages"] = new JsonObject { [bob.UserId] = new JsonObject { ["PHONE"] = content } },
        };

        var sent = await alice.TrySendToDeviceAsync(body, type: "m.new_device%2Fx");

        sent.Expect(HttpStatusCode.OK);
        Assert.Equal("{}", sent.Text);
        JsonObject message = new()
        {
            ["type"] = "m.new_device/x",
            ["sender"] = alice.UserId,
            ["content"] = content.DeepClone(),
        };
        Assert.Equal(message.ToJsonString(), Assert.Single((await bob.PollAsync()).ToDevice()).ToJsonString());
        Assert.Empty((await tablet.PollAsync()).ToDevice());
        Assert.Empty((await alice.PollAsync()).ToDevice());
    }

    // TDV-2
    [Theory]
    [AllDatabases]
    public async Task SendToDevice_ToAll_ReachesEveryKnownDeviceOnce(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice", "LAPTOP");
        var phone = await ground.Server.LoginAsync("alice", "PHONE");
        await alice.SendToDeviceAsync(alice, "before", "*");
        var late = await ground.Server.LoginAsync("alice", "LATE");

        var messages = ToDeviceRequests.Messages(alice.UserId, ("*", "all"), ("LATE", "late"), ("NONE", "none"));
        await phone.TrySendToDeviceAsync(messages).ExpectAsync();

        Assert.Equal(["before", "all"], (await alice.PollAsync()).ToDeviceTexts());
        Assert.Equal(["before", "all"], (await phone.PollAsync()).ToDeviceTexts());
        Assert.Equal(["late"], (await late.PollAsync()).ToDeviceTexts());
    }

    // TDV-2
    [Theory]
    [AllDatabases]
    public async Task SendToDevice_ToUnknownDevicesAndUsers_IsDroppedSilently(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var bob = await app.RegisterAsync("bob");
        JsonObject body = new()
        {
            ["messages"] = new JsonObject
            {
                [bob.UserId] = new JsonObject { ["NONE"] = new JsonObject(), [alice.DeviceId] = new JsonObject() },
                ["@nobody:localhost"] = new JsonObject { ["*"] = new JsonObject() },
                ["@bob:elsewhere"] = new JsonObject { ["*"] = new JsonObject(), [bob.DeviceId] = new JsonObject() },
            },
        };

        await alice.TrySendToDeviceAsync(body).ExpectAsync();
        await alice.TrySendToDeviceAsync(new JsonObject { ["messages"] = new JsonObject() }).ExpectAsync();

        Assert.Equal(0, await database.CountMessagesAsync());
        Assert.Empty((await bob.PollAsync()).ToDevice());
    }

    // TDV-1
    [Theory]
    [AllDatabases("{}", "M_BAD_JSON")]
    [AllDatabases("""{"messages":[]}""", "M_BAD_JSON")]
    [AllDatabases("""{"messages":{"bob":{}}}""", "M_BAD_JSON")]
    [AllDatabases("""{"messages":{"@bob:localhost":null}}""", "M_BAD_JSON")]
    [AllDatabases("""{"messages":{"@bob:localhost":{"PHONE":"text"}}}""", "M_BAD_JSON")]
    [AllDatabases("""{"messages":""", "M_NOT_JSON")]
    public async Task SendToDevice_Malformed_IsRefused(DatabaseKind kind, string body, string errorCode)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");

        await alice.SendAsync(HttpMethod.Put, "sendToDevice/m.test/1", MatrixClient.JsonContent(body))
            .ExpectErrorAsync(HttpStatusCode.BadRequest, errorCode);
        await ground.Server.Anonymous.SendAsync(HttpMethod.Put, "sendToDevice/m.test/1", MatrixClient.JsonContent(body))
            .ExpectErrorAsync(HttpStatusCode.Unauthorized, "M_MISSING_TOKEN");
    }

    // TDV-1, TDV-3
    [Theory]
    [AllDatabases]
    public async Task SendToDevice_SameTransaction_SendsOncePerDeviceAndType(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var phone = await ground.Server.LoginAsync("alice");
        var bob = await ground.RegisterAsync("bob");
        var first = ToDeviceRequests.Messages(bob.UserId, (bob.DeviceId, "first"));

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => alice.TrySendToDeviceAsync(first, "1").ExpectAsync()));
        await alice.SendToDeviceAsync(bob, "repeated", transaction: "1");
        await alice.TrySendToDeviceAsync(ToDeviceRequests.Messages(bob.UserId, (bob.DeviceId, "type")), "1", "m.other")
            .ExpectAsync();
        await phone.SendToDeviceAsync(bob, "phone", transaction: "1");
        var again = await ground.RestartAsync(alice, bob);
        await again[0].SendToDeviceAsync(bob, "after restart", transaction: "1");
        await again[0].SendToDeviceAsync(bob, "next", transaction: "2");

        Assert.Equal(["first", "type", "phone", "next"], (await again[1].PollAsync()).ToDeviceTexts());
    }

    // TDV-1: a transaction is remembered for a day, and no row of it for ever.
    [Theory]
    [AllDatabases]
    public async Task SendToDevice_SameTransactionAfterADay_SendsAgain(DatabaseKind kind)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database, new() { Time = time });
        var alice = await app.RegisterAsync("alice");
        foreach (var transaction in new[] { "1", "2", "3", "4" })
        {
            await alice.SendToDeviceAsync(alice, transaction, transaction: transaction);
        }

        time.Advance(TimeSpan.FromHours(23));
        await alice.SendToDeviceAsync(alice, "too soon", transaction: "1");
        time.Advance(TimeSpan.FromHours(1.5));
        await alice.SendToDeviceAsync(alice, "again", transaction: "1");
        await alice.SendToDeviceAsync(alice, "repeated", transaction: "1");
        await alice.SendToDeviceAsync(alice, "5", transaction: "5");
        await alice.SendToDeviceAsync(alice, "repeated", transaction: "1");

        Assert.Equal(["1", "2", "3", "4", "again", "5"], (await alice.PollAsync()).ToDeviceTexts());
        Assert.Equal(2, await database.CountTransactionsAsync());
    }

    // A device takes its queue along when it goes, however many send to it meanwhile.
    [Theory]
    [AllDatabases]
    public async Task Device_LoggedOut_LeavesNothingBehind(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        for (var round = 0; round < 5; round++)
        {
            var phone = await app.LoginAsync("alice", "PHONE");
            await phone.SendToDeviceAsync(alice, "from phone", "PHONE");
            var fromPhone = ToDeviceRequests.Messages(alice.UserId, ("PHONE", "late"));
            await Task.WhenAll(
                [.. Enumerable.Range(0, 8).Select(_ => alice.SendToDeviceAsync(alice, "late", "PHONE")),
                    .. Enumerable.Range(0, 8).Select(_ => phone.TrySendToDeviceAsync(fromPhone)),
                    phone.PostAsync("logout").ExpectAsync()]);
        }

        // One for each message of the other device, and none of the phone's.
        Assert.Equal(40, await database.CountTransactionsAsync());
        var again = await app.LoginAsync("alice", "PHONE");
        Assert.Empty((await again.PollAsync()).ToDevice());
        Assert.Equal(0, await database.CountMessagesAsync());
        await alice.SendToDeviceAsync(alice, "new", "*");
        Assert.Equal(["new"], (await again.PollAsync()).ToDeviceTexts());
        await alice.PostAsync("logout/all").ExpectAsync();
        Assert.Equal(0, await database.CountMessagesAsync());
        Assert.Equal(0, await database.CountTransactionsAsync());
    }
}
