using System.Text.Json.Nodes;
using Matrix.Realtime.Tests.Databases;
using Matrix.Realtime.Tests.Rooms;

namespace Matrix.Realtime.Tests.Search.Events;

/// <summary>Section 17: what <c>POST /search</c> tells of what it found.</summary>
public sealed class SearchResultTests
{
    [Theory]
    [AllDatabases]
    public async Task Results_Ranked_PutTheClosestFirst(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var room = await alice.CreateRoomAsync();
        var exact = await alice.SendAsync(room, "Kiwi!");
        var loose = await alice.SendAsync(room, "I would like a kiwi, and some kiwis later");
        var close = await alice.SendAsync(room, "a kiwi");
        var newer = await alice.SendAsync(room, "kiwi b");

        var results = await alice.ResultsAsync("kiwi");

        Assert.Equal([exact, newer, close, loose], results.EventIds());
        Assert.Equal([1, 0.5, 0.5, 1.0 / 9], results["results"]!.AsArray().Select(result => (double)result!["rank"]!));
        Assert.Equal(4, (int)results["count"]!);
        Assert.Equal(["kiwi", "kiwis"], results["highlights"]!.AsArray().Select(word => (string)word!));
        var first = results["results"]![0]!["result"]!;
        Assert.Equal(room, (string)first["room_id"]!);
        Assert.Equal("Kiwi!", (string)first["content"]!["body"]!);
        Assert.False(results.ContainsKey("next_batch"));
        Assert.False(results.ContainsKey("groups"));
        Assert.False(results.ContainsKey("state"));
        Assert.False(results["results"]![0]!.AsObject().ContainsKey("context"));
    }

    [Theory]
    [AllDatabases("rank")]
    [AllDatabases("recent")]
    public async Task Pages_FollowedByTheirTokens_HoldEveryResultOnce(DatabaseKind kind, string order)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var room = await alice.CreateRoomAsync();
        List<string> sent = [];
        for (var number = 0; number < 7; number++)
        {
            sent.Add(await alice.SendAsync(room, "lime" + string.Concat(Enumerable.Repeat(" x", number % 3))));
        }

        var criteria = new JsonObject { ["order_by"] = order, ["filter"] = new JsonObject { ["limit"] = 3 } };
        List<string> found = [];
        string? nextBatch = null;
        do
        {
            var page = await alice.ResultsAsync("lime", criteria, nextBatch);
            Assert.Equal(7, (int)page["count"]!);
            found.AddRange(page.EventIds());
            nextBatch = (string?)page["next_batch"];

            // What comes later shifts nothing.
            await alice.SendAsync(room, "lime");
        }
        while (nextBatch is not null);

        int[] expected = order == "recent" ? [6, 5, 4, 3, 2, 1, 0] : [6, 3, 0, 4, 1, 5, 2];
        Assert.Equal(expected.Select(number => sent[number]), found);
    }

    [Theory]
    [AllDatabases]
    public async Task Groups_ByRoomAndSender_HaveTheirResultsAndTokens(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var bob = await app.RegisterAsync("bob");
        var (one, two) = (await alice.CreateRoomAsync(), await alice.CreateRoomAsync());
        await bob.JoinAsync(one);
        var a1 = await alice.SendAsync(one, "melon");
        var b1 = await bob.SendAsync(one, "melon");
        var a2 = await alice.SendAsync(two, "melon");
        var a3 = await alice.SendAsync(two, "melon");
        var criteria = SearchRequests.Filtered("limit", 3);
        criteria["groupings"] = new JsonObject
        {
            ["group_by"] = new JsonArray(new JsonObject { ["key"] = "room_id" }, new JsonObject { ["key"] = "sender" }),
        };

        var groups = (await alice.ResultsAsync("melon", criteria))["groups"]!;

        Check(groups["room_id"]![two]!, order: 1, a3, a2);
        Check(groups["room_id"]![one]!, order: 2, b1);
        Check(groups["sender"]![alice.UserId]!, order: 1, a3, a2);
        Check(groups["sender"]![bob.UserId]!, order: 2, b1);
        Assert.Null(groups["room_id"]![two]!["next_batch"]);
        Assert.Null(groups["sender"]![bob.UserId]!["next_batch"]);
        foreach (var group in new[] { groups["room_id"]![one]!, groups["sender"]![alice.UserId]! })
        {
            var rest = await alice.ResultsAsync("melon", criteria, (string)group["next_batch"]!);
            Assert.Equal([a1], rest.EventIds());
            Assert.Null(rest["next_batch"]);
        }

        static void Check(JsonNode group, int order, params string[] events)
        {
            Assert.Equal(order, (int)group["order"]!);
            Assert.Equal(events, group["results"]!.AsArray().Select(eventId => (string)eventId!));
        }
    }

    [Theory]
    [AllDatabases]
    public async Task Context_OfResult_IsWhatStandsAroundItForTheSearcher(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var bob = await app.RegisterAsync("bob");
        var carol = await app.RegisterAsync("carol");
        var room = await alice.CreateRoomAsync();
        await alice.SetVisibilityAsync(room, "joined").ExpectAsync();
        await alice.SendAsync(room, "hidden");
        await bob.JoinAsync(room);
        await carol.JoinAsync(room);
        await NameAsync("Bobby");
        var before = await bob.SendAsync(room, "before");
        await carol.SendAsync(room, "ignored");
        var result = await alice.SendAsync(room, "mango");
        var after = await alice.SendAsync(room, "after");
        await NameAsync("Robert");
        await bob.IgnoreAsync(carol);

        var context = await ContextAsync(new JsonObject
        {
            ["before_limit"] = 1,
            ["after_limit"] = 1,
            ["include_profile"] = true,
        });

        Assert.Equal([before], Ids(context["events_before"]!));
        Assert.Equal([after], Ids(context["events_after"]!));
        Assert.Equal("Bobby", (string)context["profile_info"]![bob.UserId]!["displayname"]!);
        Assert.Equal([alice.UserId, bob.UserId], context["profile_info"]!.AsObject().Select(user => user.Key).Order());
        Assert.Equal(
            [before, result, after],
            (await bob.HistoryAsync(room, from: (string)context["start"]!)).Ids().Take(3));
        Assert.Equal(
            after, (await bob.HistoryAsync(room, "b", from: (string)context["end"]!)).Ids()[^1]);

        var wide = await ContextAsync([]);
        Assert.Equal(5, wide["events_before"]!.AsArray().Count);
        Assert.DoesNotContain("hidden", wide.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain("ignored", wide.ToJsonString(), StringComparison.Ordinal);
        Assert.False(wide.ContainsKey("profile_info"));
        var none = await ContextAsync(new JsonObject { ["before_limit"] = 0, ["after_limit"] = 0 });
        Assert.Equal((string)none["end"]!, (string?)(await alice.GetInRoomAsync(room, $"context/{result}?limit=0").ExpectAsync())["end"]);

        async Task<JsonObject> ContextAsync(JsonObject wanted) =>
            (await bob.ResultsAsync("mango", new JsonObject { ["event_context"] = wanted }))["results"]![0]!["context"]!.AsObject();

        Task NameAsync(string name) => bob.PutAsync(
            $"profile/{MatrixClient.Escape(bob.UserId)}/displayname", new JsonObject { ["displayname"] = name }).ExpectAsync();

        static List<string> Ids(JsonNode events) =>
            [.. events.AsArray().Select(roomEvent => (string)roomEvent!["event_id"]!)];
    }

    [Theory]
    [AllDatabases]
    public async Task State_OfRoomsInTheResults_IsAsTheSearcherSeesIt(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var bob = await app.RegisterAsync("bob");
        var (found, other) = (await alice.CreateRoomAsync(), await alice.CreateRoomAsync());
        await bob.JoinAsync(found);
        await bob.JoinAsync(other);
        await NameAsync("Old");
        await alice.SendAsync(found, "olive");
        await bob.LeaveAsync(found);
        await NameAsync("New");

        Assert.Equal("Old", await NameInAsync(bob));
        Assert.Equal("New", await NameInAsync(alice));

        Task NameAsync(string name) => alice.SetStateAsync(found, "m.room.name", new JsonObject { ["name"] = name });

        async Task<string> NameInAsync(MatrixClient user)
        {
            var results = await user.ResultsAsync("olive", new JsonObject { ["include_state"] = true });
            var (room, state) = Assert.Single(results["state"]!.AsObject());
            Assert.Equal(found, room);
            var name = state!.AsArray().Single(held => (string)held!["type"]! == "m.room.name")!;
            return (string)name["content"]!["name"]!;
        }
    }
}
