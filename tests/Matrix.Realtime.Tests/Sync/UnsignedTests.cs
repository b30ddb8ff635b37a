using System.Text.Json.Nodes;
using Matrix.Realtime.Tests.Databases;
using Matrix.Realtime.Tests.Relations;
using Matrix.Realtime.Tests.Rooms;

namespace Matrix.Realtime.Tests.Sync;

/// <summary>What each reader is told in <c>unsigned</c>, wherever events are served.</summary>
public sealed class UnsignedTests
{
    // SYN-76: also for what is read from the database again.
    [Theory]
    [AllDatabases(false)]
    [AllDatabases(true)]
    public async Task Membership_IsThatOfTheReaderAtTheEvent(DatabaseKind kind, bool evicts)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var bob = await ground.RegisterAsync("bob");
        var roomId = await alice.CreateRoomAsync(new JsonObject { ["preset"] = "private_chat" });
        await alice.SendAsync(roomId, "before");
        await alice.InviteAsync(roomId, bob);
        await alice.SendAsync(roomId, "invited");
        await bob.JoinAsync(roomId);
        await alice.SendAsync(roomId, "joined");
        await bob.LeaveAsync(roomId);
        if (evicts)
        {
            ground.Live.EvictAll();
        }

        var seen = (await alice.PollAsync(filter: """{"room":{"timeline":{"limit":50}}}""")).Joined(roomId).Timeline();
        Assert.Equal("leave join join", Memberships(seen.Take(3)));
        Assert.Equal(["join"], seen.Skip(1).Select(Membership).Distinct());
        const string WithLeft = """{"room":{"include_leave":true,"timeline":{"limit":7}}}""";
        var left = (await bob.PollAsync(filter: WithLeft)).Left(roomId);
        Assert.Equal("leave leave invite invite join join leave", Memberships(left.Timeline()));
        Assert.Equal(["leave"], left.State().Select(Membership).Distinct());

        var page = await bob.GetInRoomAsync(roomId, "messages?dir=b&limit=7").ExpectAsync();
        Assert.Equal("leave join join invite invite leave leave", Memberships(page.Events("chunk")));
        var state = await bob.GetInRoomAsync(roomId, $"state/m.room.member/{bob.UserId}?format=event").ExpectAsync();
        Assert.Equal("leave", Membership(state));
        var members = (await bob.GetInRoomAsync(roomId, "members").ExpectAsync()).Events("chunk");
        Assert.Equal("leave leave", Memberships(members));
    }

    // SYN-77: wherever the events are read from.
    [Theory]
    [AllDatabases(false, 0)]
    [AllDatabases(true, 0)]
    [AllDatabases(false, 70)]
    public async Task ReplacedState_IsToldByItsSuccessorEverywhere(DatabaseKind kind, bool evicts, int later)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var roomId = await alice.CreateRoomAsync();
        var first = await SetTopicAsync(alice, roomId, "one");
        var since = await alice.CatchUpAsync();
        var second = await SetTopicAsync(alice, roomId, "two");
        var third = await SetTopicAsync(alice, roomId, "three");
        await Task.WhenAll(Enumerable.Range(0, later).Select(_ => alice.SendAsync(roomId, "org.example.late", [])));
        if (evicts)
        {
            ground.Live.EvictAll();
        }

        const string Topics = """{"room":{"timeline":{"types":["m.room.topic"],"limit":50}}}""";
        CheckHistory((await alice.PollAsync(filter: Topics)).Joined(roomId).Timeline());
        CheckHistory((await alice.PollAsync(since, filter: Topics)).Joined(roomId).Timeline());
        const string Messages = """messages?dir=f&filter={"types":["m.room.topic"]}""";
        var page = await alice.GetInRoomAsync(roomId, Messages).ExpectAsync();
        CheckHistory(page.Events("chunk"));
        CheckHistory([await alice.EventAsync(roomId, second), await alice.EventAsync(roomId, third)]);
        var middle = MatrixClient.Escape(second);
        var context = await alice.GetInRoomAsync(roomId, $"context/{middle}?limit=2").ExpectAsync();
        CheckHistory(
        [
            .. context.Events("events_before"), context["event"]!.AsObject(), .. context.Events("events_after"),
        ]);

        const string NoTimeline = """{"room":{"timeline":{"limit":0}}}""";
        CheckLast((await alice.PollAsync(filter: NoTimeline)).Joined(roomId).State());
        CheckLast(context.Events("state"));
        CheckLast(new JsonObject { ["state"] = JsonNode.Parse((await alice.GetInRoomAsync(roomId, "state")).Text) }
            .Events("state"));
        CheckLast([await alice.GetInRoomAsync(roomId, "state/m.room.topic/?format=event").ExpectAsync()]);

        void CheckHistory(IEnumerable<JsonObject> events)
        {
            var topics = events.Where(found => (string)found["type"]! == "m.room.topic").TakeLast(3)
                .Where(found => (string)found["event_id"]! != first).ToList();
            Assert.Equal([second, third], topics.Ids());
            Check(topics[0], first, "one");
            Check(topics[1], second, "two");
        }

        void CheckLast(IEnumerable<JsonObject> state)
        {
            var topic = state.Single(found => (string)found["type"]! == "m.room.topic");
            Assert.Equal(third, (string)topic["event_id"]!);
            Check(topic, second, "two");
            Assert.All(
                state.Where(found => (string)found["type"]! != "m.room.topic"),
                found => Assert.Null(found["unsigned"]!["replaces_state"]));
        }

        static void Check(JsonObject topic, string replaced, string before)
        {
            Assert.Equal(replaced, (string?)topic["unsigned"]!["replaces_state"]);
            Assert.Equal(before, (string?)topic["unsigned"]!["prev_content"]!["topic"]);
        }
    }

    // SYN-77: what readers know of their own membership is no secret to them.
    [Theory]
    [AllDatabases]
    public async Task ReplacedState_FromBeforeTheReaderCame_IsNamedWithoutItsContent(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var bob = await ground.RegisterAsync("bob");
        var roomId = await alice.CreateRoomAsync(new JsonObject { ["preset"] = "private_chat" });
        await alice.SetStateAsync(
            roomId, "m.room.history_visibility", new JsonObject { ["history_visibility"] = "joined" });
        var hidden = await SetTopicAsync(alice, roomId, "secret");
        var between = await SetTopicAsync(alice, roomId, "known as state");
        await alice.InviteAsync(roomId, bob);
        await bob.JoinAsync(roomId);
        var shown = await SetTopicAsync(alice, roomId, "shown");
        var last = await SetTopicAsync(alice, roomId, "last");

        var room = (await bob.PollAsync(filter: """{"room":{"timeline":{"limit":50}}}""")).Joined(roomId);

        Assert.DoesNotContain("secret", room!.ToJsonString());
        Check(room.State(), between, hidden, null);
        Check(room.Timeline(), shown, between, null);
        Check(room.Timeline(), last, shown, "shown");
        var own = room.Timeline().Of("m.room.member")[bob.UserId];
        Assert.Equal("invite", (string?)own["unsigned"]!["prev_content"]!["membership"]);
        Check((await alice.PollAsync(filter: """{"room":{"timeline":{"limit":50}}}""")).Joined(roomId).Timeline(),
            between, hidden, "secret");

        static void Check(IEnumerable<JsonObject> events, string eventId, string replaced, string? before)
        {
            var unsigned = events.Single(found => (string)found["event_id"]! == eventId)["unsigned"]!;
            Assert.Equal(replaced, (string?)unsigned["replaces_state"]);
            Assert.Equal(before, (string?)unsigned["prev_content"]?["topic"]);
        }
    }

    // SYN-77, SYN-78: what was taken back is not told by its successor.
    [Theory]
    [AllDatabases(false)]
    [AllDatabases(true)]
    public async Task ReplacedState_Redacted_IsToldAsItIsLeft(DatabaseKind kind, bool evicts)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var roomId = await alice.CreateRoomAsync();
        var first = await SetTopicAsync(alice, roomId, "secret");
        await SetTopicAsync(alice, roomId, "two");
        await alice.RedactAsync(roomId, first);
        if (evicts)
        {
            ground.Live.EvictAll();
        }

        var topic = (await alice.PollAsync()).Joined(roomId).Timeline()
            .Last(found => (string)found["type"]! == "m.room.topic");

        Assert.Empty(topic["unsigned"]!["prev_content"]!.AsObject());
    }

    // SYN-78: the redaction is an event as any other, which those do not see who left before it.
    [Theory]
    [AllDatabases(false)]
    [AllDatabases(true)]
    public async Task Redaction_AfterTheReaderLeft_IsNotShownInWhatItLeft(DatabaseKind kind, bool evicts)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var bob = await ground.RegisterAsync("bob");
        var roomId = await SyncGround.CreateSharedRoomAsync(alice, bob);
        var message = await alice.SendAsync(roomId, "secret");
        await bob.LeaveAsync(roomId);
        await alice.RedactAsync(roomId, message);
        if (evicts)
        {
            ground.Live.EvictAll();
        }

        var left = (await bob.PollAsync(filter: """{"room":{"include_leave":true}}""")).Left(roomId);
        Check(left.Timeline().Single(found => (string)found["event_id"]! == message), isTold: false);
        Check(await bob.EventAsync(roomId, message), isTold: false);
        Check(await alice.EventAsync(roomId, message), isTold: true);

        static void Check(JsonObject redacted, bool isTold)
        {
            Assert.Empty(redacted["content"]!.AsObject());
            Assert.Equal(isTold, redacted["unsigned"]!["redacted_because"] is not null);
        }
    }

    // SYN-76, SYN-77
    [Theory]
    [AllDatabases]
    public async Task Unsigned_OfRecentEvents_ReadsNoDatabase(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var roomId = await alice.CreateRoomAsync();
        await SetTopicAsync(alice, roomId, "one");
        await Task.WhenAll(Enumerable.Range(0, 70).Select(_ => alice.SendAsync(roomId, "org.example.late", [])));
        var since = (await alice.PollAsync(await alice.CatchUpAsync())).NextBatch();
        await SetTopicAsync(alice, roomId, "two");
        var before = ground.Live.Commands;

        var topic = (await alice.PollAsync(since)).Joined(roomId).Timeline().Single();

        Assert.Equal("one", (string?)topic["unsigned"]!["prev_content"]!["topic"]);
        Assert.Equal(before, ground.Live.Commands);
    }

    // SYN-77
    [Theory]
    [AllDatabases]
    public async Task ReplacedState_OfALongPage_IsReadAtOnce(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var roomId = await alice.CreateRoomAsync();
        for (var number = 0; number < 40; number++)
        {
            await SetTopicAsync(alice, roomId, $"{number}");
        }

        await Task.WhenAll(Enumerable.Range(0, 70).Select(_ => alice.SendAsync(roomId, "org.example.late", [])));

        await alice.GetInRoomAsync(roomId, "messages?dir=f").ExpectAsync();
        var before = ground.Live.Commands;
        var page = await alice.GetInRoomAsync(roomId, "messages?dir=f&limit=46").ExpectAsync();

        Assert.Equal(39, page.Events("chunk").Count(found => found["unsigned"]!["prev_content"] is not null));
        Assert.Equal(2, ground.Live.Commands - before);
    }

    // SYN-76, SYN-77
    [Theory]
    [AllDatabases]
    public async Task Unsigned_OfResultsAndNotifications_IsToldToo(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var bob = await ground.RegisterAsync("bob");
        var roomId = await SyncGround.CreateSharedRoomAsync(alice, bob);
        await SetTopicAsync(alice, roomId, "one");
        await SetTopicAsync(alice, roomId, "two");
        await alice.SendAsync(roomId, "hello");

        var notified = (await bob.GetAsync("notifications").ExpectAsync())["notifications"]![0]!["event"]!.AsObject();
        var criteria = """{"search_term":"hello","include_state":true}""";
        var found = await bob.PostAsync(
            "search", JsonNode.Parse($$"""{"search_categories":{"room_events":{{criteria}} } }""")!).ExpectAsync();

        Assert.Equal("join", Membership(notified));
        var answer = found["search_categories"]!["room_events"]!;
        Assert.Equal("join", Membership(answer["results"]![0]!["result"]!.AsObject()));
        var topic = answer["state"]![roomId]!.AsArray().Single(state => (string)state!["type"]! == "m.room.topic");
        Assert.Equal("one", (string?)topic!["unsigned"]!["prev_content"]!["topic"]);
    }

    private static Task<string> SetTopicAsync(MatrixClient user, string roomId, string topic) =>
        user.SetStateAsync(roomId, "m.room.topic", new JsonObject { ["topic"] = topic });

    private static string Membership(JsonObject found) => (string)found["unsigned"]!["membership"]!;

    private static string Memberships(IEnumerable<JsonObject> events) => string.Join(' ', events.Select(Membership));
}
