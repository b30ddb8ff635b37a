using System.Text.Json.Nodes;
using Matrix.Realtime.Tests.Databases;

namespace Matrix.Realtime.Tests.Search.Events;

/// <summary>FLT-7 to FLT-13, FLT-15 and FLT-19 in <c>POST /search</c>.</summary>
public sealed class SearchFilterTests
{
    [Theory]
    [AllDatabases]
    public async Task Filter_OfRoomsSendersAndTypes_LetsPassWhatItNames(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var bob = await app.RegisterAsync("bob");
        var (one, two) = (await alice.CreateRoomAsync(), await alice.CreateRoomAsync());
        await bob.JoinAsync(one);
        var text = await alice.SendAsync(one, "grape");
        var image = await bob.SendAsync(one, "m.room.message", new JsonObject
        {
            ["msgtype"] = "m.image",
            ["body"] = "grape.png",
            ["url"] = "mxc://localhost/grape",
        });
        var name = await alice.SetStateAsync(two, "m.room.name", new JsonObject { ["name"] = "grape" });

        await CheckAsync("{}", name, image, text);
        await CheckAsync($$"""{"rooms":["{{one}}"]}""", image, text);
        await CheckAsync($$"""{"not_rooms":["{{one}}"]}""", name);
        await CheckAsync($$"""{"rooms":["{{one}}","{{two}}"],"not_rooms":["{{two}}"]}""", image, text);
        await CheckAsync("""{"rooms":["!elsewhere:localhost"]}""");
        await CheckAsync("""{"rooms":[]}""");
        await CheckAsync($$"""{"senders":["{{bob.UserId}}"]}""", image);
        await CheckAsync($$"""{"not_senders":["{{bob.UserId}}"]}""", name, text);
        await CheckAsync("""{"types":["m.room.message"]}""", image, text);
        await CheckAsync("""{"types":["m.*.name"]}""", name);
        await CheckAsync("""{"not_types":["m.room.m*"]}""", name);
        await CheckAsync("""{"types":[]}""");
        await CheckAsync("""{"contains_url":true}""", image);
        await CheckAsync("""{"contains_url":false}""", name, text);
        await CheckAsync("""{"limit":1,"contains_url":false,"types":["m.room.message"]}""", text);
        await CheckAsync("""{"limit":0}""");
        await CheckAsync("""{"limit":2}""", name, image);

        async Task CheckAsync(string filter, params string[] events) =>
            Assert.Equal(events, await alice.FindAsync("grape", SearchRequests.Recent(JsonNode.Parse(filter)!.AsObject())));
    }

    [Theory]
    [AllDatabases]
    public async Task Limit_ZeroOrNone_TellsTheCount(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database);
        var alice = await app.RegisterAsync("alice");
        var room = await alice.CreateRoomAsync();
        for (var number = 0; number < 11; number++)
        {
            await alice.SendAsync(room, "peach");
        }

        var none = await alice.ResultsAsync("peach", SearchRequests.Filtered("limit", 0));
        Assert.Empty(none.EventIds());
        Assert.Equal(11, (int)none["count"]!);
        Assert.False(none.ContainsKey("next_batch"));
        var some = await alice.ResultsAsync("peach");
        Assert.Equal(10, some.EventIds().Count);
        Assert.Equal(11, (int)some["count"]!);
        Assert.True(some.ContainsKey("next_batch"));
    }
}
