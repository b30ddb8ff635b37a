using System.Text.Json.Nodes;
using Matrix.Realtime.Tests.Databases;
using Matrix.Realtime.Tests.Rooms;
using Matrix.Realtime.Tests.Search.Events;
using Microsoft.Extensions.Time.Testing;

namespace Matrix.Realtime.Tests.Relations;

/// <summary>What is bundled with events; SYN-32 and SYN-33.</summary>
public sealed class BundleTests
{
    /// <summary>Puts a millisecond between any two events: of edits in the same one the event id decides.</summary>
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero))
    {
        AutoAdvanceAmount = TimeSpan.FromMilliseconds(1),
    };

    [Theory]
    [AllDatabases]
    public async Task Bundle_OnEveryPath_HoldsThreadEditAndReferences(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database, new() { Time = _time });
        var alice = await app.RegisterAsync("alice");
        var bob = await app.RegisterAsync("bob");
        var room = await alice.CreateRoomAsync();
        await bob.JoinAsync(room);
        var root = await alice.SendAsync(room, "root");
        await alice.ReplyInThreadAsync(room, root, "first reply");
        var reply = await alice.ReplyInThreadAsync(room, root, "last reply");
        await alice.EditAsync(room, reply, "edited reply");
        var edit = await alice.EditAsync(room, root, "edit");
        await alice.EditAsync(room, root, "last edit");
        await bob.EditAsync(room, root, "not bob's");
        await alice.SendAsync(room, "m.room.message", new()
        {
            ["body"] = "without new content",
            ["m.relates_to"] = new JsonObject { ["rel_type"] = "m.replace", ["event_id"] = root },
        });
        string[] references = [await alice.ReferAsync(room, root), await bob.ReferAsync(room, root)];
        var reaction = await alice.ReactAsync(room, root, "+1");
        var topic = await alice.SetStateAsync(room, "m.room.topic", new() { ["topic"] = "hello" });
        string[] bare = [edit, reaction, topic];
        foreach (var eventId in bare)
        {
            await alice.ReferAsync(room, eventId);
        }

        await CheckAllAsync(alice, bob);

        // More than live rooms hold of their history.
        await Task.WhenAll(Enumerable.Range(0, 70).Select(number => bob.SendAsync(room, $"m{number}")));
        await CheckAllAsync(alice, bob);
        await using var again = await app.RestartAsync();
        await CheckAllAsync(again.WithToken(alice.AccessToken), again.WithToken(bob.AccessToken));

        async Task CheckAllAsync(MatrixClient author, MatrixClient other)
        {
            Check(await author.BundleAsync(room, root), participated: true);
            Check(await other.BundleAsync(room, root), participated: false);
            var history = await author.HistoryAsync(room);
            Check(history.Single(held => (string?)held["event_id"] == root).Bundle(), participated: true);
            var context = await other.GetInRoomAsync(room, $"context/{MatrixClient.Escape(root)}").ExpectAsync();
            Check(context["event"]!.Bundle(), participated: false);
            var threads = await author.GetThreadsAsync(room).ExpectAsync();
            Check(threads["chunk"]![0]!.Bundle(), participated: true);
            var found = (await other.ResultsAsync("root"))["results"]![0]!["result"]!;
            Check(found.Bundle(), participated: false);
            var relations = await author.GetRelationsAsync(room, root, "/m.thread?limit=1").ExpectAsync();
            Assert.Equal("edited reply", EditOf(relations["chunk"]![0]!.Bundle()));
            Assert.Equal(bare, history.Where(held => bare.Contains((string?)held["event_id"])).Ids());
            Assert.All(history.Where(held => bare.Contains((string?)held["event_id"])), held => Assert.Empty(held.Bundle()));
        }

        void Check(JsonObject bundle, bool participated)
        {
            Assert.Equal("last edit", EditOf(bundle));
            Assert.Equal(room, (string?)bundle["m.replace"]!["room_id"]);
            Assert.Equal(2, (int?)bundle["m.thread"]!["count"]);
            Assert.Equal(participated, (bool?)bundle["m.thread"]!["current_user_participated"]);
            Assert.Equal(reply, (string?)bundle["m.thread"]!["latest_event"]!["event_id"]);
            Assert.Equal("edited reply", EditOf(bundle["m.thread"]!["latest_event"]!.Bundle()));
            Assert.Equal(references, bundle["m.reference"]!["chunk"]!.Ids());
            Assert.Equal(3, bundle.Count);
        }
    }

    [Theory]
    [AllDatabases]
    public async Task Bundle_InSync_ComesOnlyWithAGap(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var room = await alice.CreateRoomAsync();
        var since = (string)(await alice.SyncAsync())["next_batch"]!;
        var root = await alice.SendAsync(room, "root");
        await alice.EditAsync(room, root, "edit");

        Assert.Empty(await BundleAsync(limit: 2, since));
        Assert.Empty(await BundleAsync(limit: 100));
        await alice.SetStateAsync(room, "m.room.topic", new() { ["topic"] = "hello" });
        Assert.Equal("edit", EditOf(await BundleAsync(limit: 3)));

        async Task<JsonObject> BundleAsync(int limit, string? since = null)
        {
            var filter = new JsonObject
            {
                ["room"] = new JsonObject { ["timeline"] = new JsonObject { ["limit"] = limit } },
            };
            var sync = await alice.SyncAsync(since, filter: filter.ToJsonString());
            return sync["rooms"]!["join"]![room]!["timeline"]!["events"]!.AsArray()
                .Single(found => (string?)found!["event_id"] == root)!.Bundle();
        }
    }

    [Theory]
    [AllDatabases]
    public async Task Bundle_WithoutWhatIsRedactedIgnoredOrHidden(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database, new() { Time = _time });
        var alice = await app.RegisterAsync("alice");
        var bob = await app.RegisterAsync("bob");
        var carol = await app.RegisterAsync("carol");
        var room = await alice.CreateRoomAsync();
        await bob.JoinAsync(room);
        await carol.JoinAsync(room);
        var root = await alice.SendAsync(room, "root");
        await bob.ReplyInThreadAsync(room, root, "bob's");
        var edit = await alice.EditAsync(room, root, "first");
        var later = await alice.EditAsync(room, root, "second");
        await alice.ReplyInThreadAsync(room, root, "alice's");
        var reference = await bob.ReferAsync(room, root);
        await carol.LeaveAsync(room);
        var hidden = await alice.ReplyInThreadAsync(room, root, "after carol left");

        Assert.Equal((2, "alice's", "second"), await ReadAsync(carol));
        Assert.Equal((3, "after carol left", "second"), await ReadAsync(alice));
        await alice.RedactAsync(room, later);
        await alice.RedactAsync(room, hidden);
        Assert.Equal((2, "alice's", "first"), await ReadAsync(alice));
        await alice.IgnoreAsync(bob);
        Assert.Equal((1, "alice's", "first"), await ReadAsync(alice));
        Assert.Null((await alice.BundleAsync(room, root))["m.reference"]);
        Assert.NotNull((await bob.BundleAsync(room, root))["m.reference"]);
        await bob.RedactAsync(room, reference);
        Assert.Null((await bob.BundleAsync(room, root))["m.reference"]);
        await alice.RedactAsync(room, edit);
        Assert.Null((await alice.BundleAsync(room, root))["m.replace"]);

        async Task<(int?, string?, string?)> ReadAsync(MatrixClient reader)
        {
            var bundle = await reader.BundleAsync(room, root);
            var thread = bundle["m.thread"]!;
            return ((int?)thread["count"], (string?)thread["latest_event"]!["content"]!["body"], EditOf(bundle));
        }
    }

    private static string? EditOf(JsonObject bundle) =>
        (string?)bundle["m.replace"]?["content"]!["m.new_content"]!["body"];
}
