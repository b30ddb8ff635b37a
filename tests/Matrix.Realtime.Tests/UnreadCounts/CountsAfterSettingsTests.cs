using System.Text.Json.Nodes;
using Matrix.Realtime.Tests.Databases;
using Matrix.Realtime.Tests.PushRules;
using Matrix.Realtime.Tests.Receipts;
using Matrix.Realtime.Tests.Sync;

namespace Matrix.Realtime.Tests.UnreadCounts;

/// <summary>Rules and ignored users change counts; the rooms concerned are told at once, and no others.</summary>
public sealed class CountsAfterSettingsTests
{
    // NOT-1, NOT-29: the waiting poll of one device, and the later one of another.
    [Theory]
    [AllDatabases]
    public async Task RuleChanged_TellsEveryDevice_TheRoomsWithAnotherCount(DatabaseKind kind)
    {
        await using var scene = await ReceiptScene.SetAsync(kind);
        var other = await SyncGround.CreateSharedRoomAsync(scene.Alice, scene.Bob);
        await scene.Alice.SendAsync(other, "elsewhere");
        var (phone, tablet) = (await scene.Bob.LoginAsync("bob"), await scene.Bob.LoginAsync("bob"));
        var (since, later) = (await phone.CatchUpAsync(), await tablet.CatchUpAsync());

        var poll = phone.PollAsync(since, SyncAnswerExtensions.Long);
        await scene.Live.WaitForPollsAsync(phone);
        await MuteAsync(scene);
        var muted = await poll;
        var mutedLater = await tablet.PollAsync(later);
        var quiet = await phone.PollAsync(muted.NextBatch());
        await scene.Bob.DeleteRuleAsync("room", scene.Room);
        var heard = await tablet.PollAsync(mutedLater.NextBatch());

        foreach (var answer in new[] { muted, mutedLater })
        {
            Assert.Equal("0/0", answer.Counts(scene.Room));
            Assert.Null(answer.Joined(other));
        }

        Assert.True(quiet.IsQuiet());
        Assert.Equal("3/0", heard.Counts(scene.Room));
        Assert.Null(heard.Joined(other));
    }

    // NOT-11: a thread may be all that changes.
    [Theory]
    [AllDatabases]
    public async Task KeywordAdded_TellsTheThreadThatItHighlights(DatabaseKind kind)
    {
        await using var scene = await ReceiptScene.SetAsync(kind);
        await scene.Alice.SendAsync(scene.Room, "m.room.message", new JsonObject
        {
            ["msgtype"] = "m.text",
            ["body"] = "cake",
            ["m.relates_to"] = new JsonObject { ["rel_type"] = "m.thread", ["event_id"] = scene.First },
        });
        var since = await scene.Bob.CatchUpAsync(UnreadRequests.ByThread);

        await scene.Bob.PutAsync(
            PushRuleClientExtensions.RulePath("content", "cake"),
            new JsonObject
            {
                ["pattern"] = "cake",
                ["actions"] = new JsonArray("notify", new JsonObject { ["set_tweak"] = "highlight" }),
            }).ExpectAsync();
        var answer = await scene.Bob.PollAsync(since, filter: UnreadRequests.ByThread);

        Assert.Equal("3/0", answer.Counts(scene.Room));
        Assert.Equal("1/1", answer.ThreadCounts(scene.Room)[scene.First]);
    }

    [Theory]
    [AllDatabases]
    public async Task UserIgnored_AndNoLonger_TellsRoomsWhereTheyAreUnread(DatabaseKind kind)
    {
        await using var scene = await ReceiptScene.SetAsync(kind);
        var carol = await scene.JoinAsync("carol");
        var since = await scene.Bob.CatchUpAsync();

        await scene.IgnoreAsync(scene.Bob, carol);
        var others = await scene.Bob.PollAsync(since);
        await scene.IgnoreAsync(scene.Bob, carol, scene.Alice);
        var ignored = await scene.Bob.PollAsync(others.NextBatch());
        await scene.IgnoreAsync(scene.Bob, carol);
        var heard = await scene.Bob.PollAsync(ignored.NextBatch());

        Assert.Null(others.Joined(scene.Room));
        Assert.Equal("0/0", ignored.Counts(scene.Room));
        Assert.Equal("3/0", heard.Counts(scene.Room));
    }

    // NOT-1, SYN-15: a client that does not want to know of the settings shows the counts all the same.
    [Theory]
    [AllDatabases]
    public async Task Setting_ThatTheFilterDrops_EndsTheWaitWithOtherCounts(DatabaseKind kind)
    {
        const string filter = """{"account_data":{"types":[]}}""";
        await using var scene = await ReceiptScene.SetAsync(kind);
        var since = await scene.Bob.CatchUpAsync(filter);

        var muted = scene.Bob.PollAsync(since, SyncAnswerExtensions.Long, filter);
        await scene.Live.WaitForPollsAsync(scene.Bob);
        await MuteAsync(scene);
        Assert.Equal("0/0", (await muted).Counts(scene.Room));
        await scene.Bob.DeleteRuleAsync("room", scene.Room);
        since = (await scene.Bob.PollAsync((await muted).NextBatch(), filter: filter)).NextBatch();

        var ignored = scene.Bob.PollAsync(since, SyncAnswerExtensions.Long, filter);
        await scene.Live.WaitForPollsAsync(scene.Bob);
        await scene.IgnoreAsync(scene.Bob, scene.Alice);
        Assert.Equal("0/0", (await ignored).Counts(scene.Room));
        Assert.Null((await ignored)["account_data"]);
    }

    // NOT-1, SYN-81: the redaction is hidden, its effect is not.
    [Theory]
    [AllDatabases]
    public async Task MessageRedacted_ByIgnoredUser_TellsThatItCountsNoMore(DatabaseKind kind)
    {
        await using var scene = await ReceiptScene.SetAsync(kind);
        var carol = await scene.JoinAsync("carol");
        await scene.IgnoreAsync(scene.Bob, scene.Alice);
        var message = await carol.SendAsync(scene.Room, "unread");
        var before = await scene.Bob.PollAsync();

        var poll = scene.Bob.PollAsync(before.NextBatch(), SyncAnswerExtensions.Long);
        await scene.Live.WaitForPollsAsync(scene.Bob);
        await scene.Alice.PutAsync(
            $"rooms/{MatrixClient.Escape(scene.Room)}/redact/{MatrixClient.Escape(message)}/r1", new JsonObject()).ExpectAsync();
        var after = await poll;

        Assert.Equal("1/0", before.Counts(scene.Room));
        Assert.Equal("0/0", after.Counts(scene.Room));
        Assert.Empty(after.Joined(scene.Room).Timeline());
    }

    // What the server no longer knows it tells again, but not of rooms that are read.
    [Theory]
    [AllDatabases]
    public async Task RuleChanged_BeforeRestart_TellsOldTokenWhatIsUnread(DatabaseKind kind)
    {
        await using var scene = await ReceiptScene.SetAsync(kind);
        var read = await SyncGround.CreateSharedRoomAsync(scene.Alice, scene.Bob);
        await scene.Bob.ReadAsync(read, await scene.Alice.SendAsync(read, "elsewhere"));
        var since = await scene.Bob.CatchUpAsync();
        await MuteAsync(scene);
        await scene.RestartAsync();

        var answer = await scene.Bob.PollAsync(since);

        Assert.Equal("0/0", answer.Counts(scene.Room));
        Assert.Null(answer.Joined(read));
    }

    private static Task MuteAsync(ReceiptScene scene) => scene.Bob.PutAsync(
        PushRuleClientExtensions.RulePath("room", scene.Room),
        new JsonObject { ["actions"] = new JsonArray() }).ExpectAsync();
}
