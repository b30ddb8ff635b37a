using System.Text.Json.Nodes;
using Matrix.Realtime.Tests.Databases;
using Matrix.Realtime.Tests.Receipts;
using Matrix.Realtime.Tests.Rooms;

namespace Matrix.Realtime.Tests.UnreadCounts;

/// <summary>NOT-30: what a user was notified of.</summary>
public sealed class NotificationTests
{
    [Theory]
    [AllDatabases]
    public async Task Items_TellEventRoomAndActions(DatabaseKind kind)
    {
        await using var scene = await ReceiptScene.SetAsync(kind);
        var mention = await scene.Alice.MentionAsync(scene.Room, scene.Bob);
        var sent = await scene.Bob.EventAsync(scene.Room, mention);

        var page = await ListAsync(scene.Bob);

        Assert.Equal([mention, scene.Third, scene.Second, scene.First], Ids(page));
        var first = Items(page)[0];
        Assert.Equal(
            ["actions", "event", "read", "room_id", "ts"], first.Select(property => property.Key).Order());
        Assert.Equal(scene.Room, (string?)first["room_id"]);
        Assert.False((bool)first["read"]!);
        Assert.Equal((long)sent["origin_server_ts"]!, (long)first["ts"]!);
        Assert.Equal(
            """["notify",{"set_tweak":"sound","value":"default"},{"set_tweak":"highlight"}]""",
            first["actions"]!.ToJsonString());
        Assert.Equal("hello!", (string?)first["event"]!["content"]!["body"]);
        Assert.Equal(scene.Alice.UserId, (string?)first["event"]!["sender"]);
        Assert.Equal("m.room.message", (string?)first["event"]!["type"]);
        Assert.Equal("""["notify"]""", ActionsWithoutTweaks(Items(page)[1]));
        Assert.Empty(Items(await ListAsync(scene.Alice)));
    }

    [Theory]
    [AllDatabases]
    public async Task Pages_FollowOneAnother_UntilNoTokenIsLeft(DatabaseKind kind)
    {
        await using var scene = await ReceiptScene.SetAsync(kind);
        var other = await scene.Alice.CreateRoomAsync();
        await scene.Bob.JoinAsync(other);
        List<string> sent = [.. scene.Events];
        for (var i = 0; i < 2; i++)
        {
            sent.Add(await scene.Alice.SendAsync(other, $"other {i}"));
            sent.Add(await scene.Alice.SendAsync(scene.Room, $"more {i}"));
        }

        List<string> found = [];
        var page = await ListAsync(scene.Bob, "limit=3");
        await scene.Alice.SendAsync(scene.Room, "newer than the first page");
        Assert.Equal(3, Items(page).Count);
        found.AddRange(Ids(page));
        while ((string?)page["next_token"] is { } token)
        {
            page = await ListAsync(scene.Bob, $"limit=3&from={MatrixClient.Escape(token)}");
            Assert.InRange(Items(page).Count, 0, 3);
            found.AddRange(Ids(page));
        }

        Assert.Equal(Enumerable.Reverse(sent), found);
        Assert.Null((await ListAsync(scene.Bob))["next_token"]);
    }

    // What does not notify is passed over, however much of it there is.
    [Theory]
    [AllDatabases]
    public async Task Notices_InGreatNumber_HideNothingBeforeThem(DatabaseKind kind)
    {
        await using var scene = await ReceiptScene.SetAsync(kind);
        for (var i = 0; i < 270; i++)
        {
            await scene.Alice.SendAsync(
                scene.Room, "m.room.message", new JsonObject { ["msgtype"] = "m.notice", ["body"] = $"{i}" });
        }

        Assert.Equal([scene.Third, scene.Second], Ids(await ListAsync(scene.Bob, "limit=2")));
    }

    [Theory]
    [AllDatabases]
    public async Task OnlyHighlights_LeavesTheRestOut(DatabaseKind kind)
    {
        await using var scene = await ReceiptScene.SetAsync(kind);
        var mention = await scene.Alice.MentionAsync(scene.Room, scene.Bob);
        await scene.Alice.SendAsync(scene.Room, "plain");
        var named = await scene.Alice.MentionAsync(scene.Room, scene.Bob, byName: true);

        var page = await ListAsync(scene.Bob, "only=highlight");

        Assert.Equal([named, mention], Ids(page));
        Assert.Null(page["next_token"]);
    }

    [Theory]
    [AllDatabases]
    public async Task Read_FollowsReceiptsAndOwnMessages_ByThread(DatabaseKind kind)
    {
        await using var scene = await ReceiptScene.SetAsync(kind);
        await scene.Alice.ReplyInThreadAsync(scene.Room, scene.First);
        Assert.Equal([false, false, false, false], await ReadAsync());

        await scene.Bob.ReadAsync(scene.Room, scene.Second, type: ReceiptRequests.Private);
        Assert.Equal([false, false, true, true], await ReadAsync());
        await scene.Bob.SendAsync(scene.Room, "mine");
        Assert.Equal([false, true, true, true], await ReadAsync());
        await scene.Bob.ReplyInThreadAsync(scene.Room, scene.First);
        Assert.Equal([true, true, true, true], await ReadAsync());
        await scene.Alice.SendAsync(scene.Room, "news");
        Assert.Equal([false, true, true, true, true], await ReadAsync());

        async Task<IEnumerable<bool>> ReadAsync() =>
            Items(await ListAsync(scene.Bob)).Select(item => (bool)item["read"]!);
    }

    // NOT-3, NOT-17, NOT-20.
    [Theory]
    [AllDatabases]
    public async Task WhatNotifiesNobody_IsNotListed(DatabaseKind kind)
    {
        await using var scene = await ReceiptScene.SetAsync(kind);
        var carol = await scene.JoinAsync("carol");
        await scene.Bob.SendAsync(scene.Room, "own");
        await carol.SendAsync(scene.Room, "ignored");
        await scene.IgnoreAsync(scene.Bob, carol);
        await scene.Alice.PutInRoomAsync(scene.Room, $"redact/{MatrixClient.Escape(scene.Second)}/r").ExpectAsync();
        var left = await scene.Alice.CreateRoomAsync();
        await scene.Bob.JoinAsync(left);
        await scene.Alice.SendAsync(left, "in a room that is left");
        Assert.Equal(3, Items(await ListAsync(scene.Bob)).Count);

        await scene.Bob.LeaveAsync(left);
        Assert.Equal([scene.Third, scene.First], Ids(await ListAsync(scene.Bob)));

        await scene.Bob.JoinAsync(left);
        Assert.Equal([scene.Third, scene.First], Ids(await ListAsync(scene.Bob)));
    }

    [Theory]
    [AllDatabases("limit=0")]
    [AllDatabases("limit=-1")]
    [AllDatabases("limit=many")]
    [AllDatabases("from=nowhere")]
    public async Task Request_WithBadParameter_IsRefused(DatabaseKind kind, string query)
    {
        await using var scene = await ReceiptScene.SetAsync(kind);

        await scene.Bob.GetAsync($"notifications?{query}").ExpectInvalidParamAsync();
    }

    private static Task<JsonObject> ListAsync(MatrixClient user, string query = "") =>
        user.GetAsync($"notifications?{query}").ExpectAsync();

    private static List<JsonObject> Items(JsonObject page) =>
        [.. page["notifications"]!.AsArray().Select(item => item!.AsObject())];

    private static List<string> Ids(JsonObject page) =>
        [.. Items(page).Select(item => (string)item["event"]!["event_id"]!)];

    private static string ActionsWithoutTweaks(JsonObject item) =>
        new JsonArray([.. item["actions"]!.AsArray().OfType<JsonValue>().Select(action => action.DeepClone())])
            .ToJsonString();
}
