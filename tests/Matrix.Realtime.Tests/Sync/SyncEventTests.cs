using System.Text.Json.Nodes;
using Matrix.Realtime.Tests.Databases;
using Microsoft.Extensions.Time.Testing;

namespace Matrix.Realtime.Tests.Sync;

public sealed class SyncEventTests
{
    // SYN-74
    [Theory]
    [AllDatabases]
    public async Task Age_IsThatAtTheTimeOfTheAnswer(DatabaseKind kind)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await using var ground = await SyncGround.StartAsync(kind, new() { Time = time });
        var alice = await ground.RegisterAsync("alice");
        var roomId = await alice.CreateRoomAsync();
        await alice.SendAsync(roomId, "old");
        time.Advance(TimeSpan.FromMilliseconds(1234));
        await alice.SendAsync(roomId, "new");

        var ages = (await alice.PollAsync()).Joined(roomId).Timeline().TakeLast(2)
            .Select(found => (long)found["unsigned"]!["age"]!);

        Assert.Equal([1234, 0], ages);
    }

    // SYN-20, SYN-75, SYN-80: also for what is read from the database again.
    [Theory]
    [AllDatabases(false)]
    [AllDatabases(true)]
    public async Task TransactionId_IsShownToSendingDeviceOnly(DatabaseKind kind, bool evicts)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var phone = await ground.Server.LoginAsync("alice");
        var bob = await ground.RegisterAsync("bob");
        var roomId = await SyncGround.CreateSharedRoomAsync(alice, bob);
        var since = await alice.CatchUpAsync();
        await alice.PutAsync($"rooms/{roomId}/send/m.room.message/mine%2F1", new JsonObject { ["body"] = "hi" }).ExpectAsync();
        if (evicts)
        {
            ground.Live.EvictAll();
        }

        Assert.Equal("mine/1", await TransactionAsync(alice));
        Assert.Null(await TransactionAsync(phone));
        Assert.Null(await TransactionAsync(bob));

        async Task<string?> TransactionAsync(MatrixClient client)
        {
            var found = Assert.Single((await client.PollAsync(since)).Joined(roomId).Timeline());
            return (string?)found["unsigned"]!["transaction_id"];
        }
    }

    // SYN-78, SYN-79
    [Theory]
    [AllDatabases(false)]
    [AllDatabases(true)]
    public async Task RedactedEvent_IsServedStrippedWithItsRedaction(DatabaseKind kind, bool evicts)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        foreach (var version in new[] { "10", "12" })
        {
            var roomId = await alice.CreateRoomAsync(new JsonObject { ["room_version"] = version });
            var since = await alice.CatchUpAsync();
            var message = await alice.SendAsync(roomId, "secret");
            var topic = await alice.SetStateAsync(roomId, "m.room.topic", new JsonObject { ["topic"] = "secret" });
            var redaction = await RedactAsync(alice, roomId, message);
            await RedactAsync(alice, roomId, topic);
            if (evicts)
            {
                ground.Live.EvictAll();
            }

            var answer = await alice.PollAsync(since);
            var timeline = answer.Joined(roomId).Timeline().ToDictionary(found => (string)found["event_id"]!);

            Assert.DoesNotContain("secret", answer.ToJsonString());
            Assert.Empty(timeline[message]["content"]!.AsObject());
            Assert.Empty(timeline[topic]["content"]!.AsObject());
            var because = timeline[message]["unsigned"]!["redacted_because"]!;
            Assert.Equal(redaction, (string)because["event_id"]!);
            Assert.Null(because["room_id"]);
            foreach (var served in new[] { because, timeline[redaction] })
            {
                Assert.Equal(message, (string)served["redacts"]!);
                Assert.Equal(message, (string)served["content"]!["redacts"]!);
                Assert.Equal("oops", (string)served["content"]!["reason"]!);
            }
        }
    }

    // SYN-18, SYN-25: what senders put into content is theirs, also nulls.
    [Theory]
    [AllDatabases]
    public async Task Content_WithNullsAndEscapes_ArrivesAsSent(DatabaseKind kind)
    {
        const string Content = """{"a":null,"b":[null,{"c":null}],"body":"line\n \" \u0001 < & ü 🦊","n":-5}""";
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var roomId = await alice.CreateRoomAsync();
        var since = await alice.CatchUpAsync();
        await alice.SendAsync(roomId, "org.example \"odd\" / type", JsonNode.Parse(Content)!.AsObject());

        var found = (await alice.PollAsync(since)).Joined(roomId).Timeline().Single();

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Content), found["content"]));
        Assert.Equal("org.example \"odd\" / type", (string)found["type"]!);
    }

    private static async Task<string> RedactAsync(MatrixClient user, string roomId, string eventId)
    {
        var path = $"rooms/{roomId}/redact/{MatrixClient.Escape(eventId)}/r-{MatrixClient.Escape(eventId)}";
        return (string)(await user.PutAsync(path, new JsonObject { ["reason"] = "oops" }).ExpectAsync())["event_id"]!;
    }
}
