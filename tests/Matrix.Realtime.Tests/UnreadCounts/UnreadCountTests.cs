using System.Text.Json.Nodes;
using Matrix.Realtime.Tests.Databases;
using Matrix.Realtime.Tests.Receipts;
using Matrix.Realtime.Tests.Rooms;
using Matrix.Realtime.Tests.Sync;

namespace Matrix.Realtime.Tests.UnreadCounts;

/// <summary>What is unread, in the very answer that changes it.</summary>
public sealed class UnreadCountTests
{
    // NOT-1, NOT-2, NOT-3, NOT-4.
    [Theory]
    [AllDatabases]
    public async Task Message_AndReceipt_BringTheirCounts(DatabaseKind kind)
    {
        await using var scene = await ReceiptScene.SetAsync(kind);
        var since = await scene.Bob.CatchUpAsync();

        var poll = scene.Bob.PollAsync(since, SyncAnswerExtensions.Long);
        await scene.Live.WaitForPollsAsync(scene.Bob);
        var fourth = await scene.Alice.MentionAsync(scene.Room, scene.Bob);
        var mentioned = await poll;
        await scene.Bob.ReadAsync(scene.Room, scene.Second);
        var readSome = await scene.Bob.PollAsync(mentioned.NextBatch());
        await scene.Bob.ReadAsync(scene.Room, fourth);
        var readAll = await scene.Bob.PollAsync(readSome.NextBatch());

        Assert.Equal("4/1", mentioned.Counts(scene.Room));
        Assert.Equal("2/1", readSome.Counts(scene.Room));
        Assert.Equal("0/0", readAll.Counts(scene.Room));
        Assert.Equal("0/0", await scene.Alice.CountAsync(scene.Room));
    }

    // NOT-5, NOT-6: told to the sender's other devices with the message.
    [Theory]
    [AllDatabases]
    public async Task OwnMessage_ReadsItsThreadUpToItself(DatabaseKind kind)
    {
        await using var scene = await ReceiptScene.SetAsync(kind);
        await scene.Alice.ReplyInThreadAsync(scene.Room, scene.First);
        var phone = await scene.Bob.LoginAsync("bob");
        var since = await phone.CatchUpAsync(UnreadRequests.ByThread);

        await scene.Bob.ReplyInThreadAsync(scene.Room, scene.First);
        var inThread = await phone.PollAsync(since, filter: UnreadRequests.ByThread);
        var own = await scene.Bob.SendAsync(scene.Room, "mine");
        var inMain = await phone.PollAsync(inThread.NextBatch(), filter: UnreadRequests.ByThread);
        await scene.Alice.SendAsync(scene.Room, "next");
        await scene.Bob.PutInRoomAsync(scene.Room, $"redact/{MatrixClient.Escape(own)}/1").ExpectAsync();
        var redacted = await scene.Bob.CountAsync(scene.Room);
        await scene.RestartAsync();

        Assert.Equal("3/0", inThread.Counts(scene.Room));
        Assert.Empty(inThread.ThreadCounts(scene.Room));
        Assert.Equal("0/0", inMain.Counts(scene.Room));

        // Redacting is sending too.
        Assert.Equal("0/0", redacted);
        Assert.Equal("0/0", await scene.Bob.CountAsync(scene.Room));
    }

    // NOT-7, RCP-28.
    [Theory]
    [AllDatabases]
    public async Task PublicReceipt_BehindPrivateOne_TakesNothingBack(DatabaseKind kind)
    {
        await using var scene = await ReceiptScene.SetAsync(kind);

        await scene.Bob.ReadAsync(scene.Room, scene.Third, type: ReceiptRequests.Private);
        await scene.Bob.ReadAsync(scene.Room, scene.First);

        Assert.Equal("0/0", await scene.Bob.CountAsync(scene.Room));
    }

    // NOT-15: whatever the filter says of receipts.
    [Theory]
    [AllDatabases]
    public async Task Receipt_FilteredOut_StillTellsOwnersOtherDevice(DatabaseKind kind)
    {
        const string NoReceipts = """{"room":{"ephemeral":{"not_types":["m.receipt"]}}}""";
        await using var scene = await ReceiptScene.SetAsync(kind);
        var phone = await scene.Bob.LoginAsync("bob");
        var since = await phone.CatchUpAsync(NoReceipts);

        var poll = phone.PollAsync(since, SyncAnswerExtensions.Long, NoReceipts);
        await scene.Live.WaitForPollsAsync(phone);
        await scene.Bob.ReadAsync(scene.Room, scene.Second, type: ReceiptRequests.Private);
        var answer = await poll;

        Assert.Equal("1/0", answer.Counts(scene.Room));
        Assert.Empty(answer.Receipts(scene.Room));
    }

    // NOT-12, NOT-13: clients take what is missing for zero.
    [Theory]
    [AllDatabases]
    public async Task RoomEntry_ForAnotherReason_HasAllCounts(DatabaseKind kind)
    {
        await using var scene = await ReceiptScene.SetAsync(kind);
        await scene.Alice.ReplyInThreadAsync(scene.Room, scene.First);
        var since = await scene.Bob.CatchUpAsync();

        await scene.Alice.TypeAsync(scene.Room);
        var byThread = await scene.Bob.PollAsync(since, filter: UnreadRequests.ByThread);
        var together = await scene.Bob.PollAsync(since);

        Assert.Empty(byThread.Joined(scene.Room).Timeline());
        Assert.Equal("3/0", byThread.Counts(scene.Room));
        Assert.Equal([scene.First], byThread.ThreadCounts(scene.Room).Keys);
        Assert.Equal("4/0", together.Counts(scene.Room));
        Assert.Empty(together.ThreadCounts(scene.Room));
    }

    // NOT-14: clients put the flag into whichever section they like.
    [Theory]
    [AllDatabases("state")]
    [AllDatabases("ephemeral")]
    [AllDatabases("account_data")]
    public async Task Flag_InAnySection_IsTaken(DatabaseKind kind, string section)
    {
        await using var scene = await ReceiptScene.SetAsync(kind);
        await scene.Alice.ReplyInThreadAsync(scene.Room, scene.First);

        var sync = await scene.Bob.PollAsync(filter: UnreadRequests.ByThread.Replace("timeline", section));

        Assert.Equal("1/0", sync.ThreadCounts(scene.Room)[scene.First]);
    }

    // NOT-16.
    [Theory]
    [AllDatabases]
    public async Task Markers_ChangeNoCount(DatabaseKind kind)
    {
        await using var scene = await ReceiptScene.SetAsync(kind);

        await scene.Bob.SetMarkersAsync(scene.Room, new JsonObject { ["m.fully_read"] = scene.Third });
        await scene.Bob.SetAccountDataAsync("m.marked_unread", new JsonObject { ["unread"] = true }, scene.Room);

        Assert.Equal("3/0", await scene.Bob.CountAsync(scene.Room));
    }

    // NOT-17.
    [Theory]
    [AllDatabases]
    public async Task Redaction_AndLeaving_TakeEventsOutOfTheCount(DatabaseKind kind)
    {
        await using var scene = await ReceiptScene.SetAsync(kind);
        var since = await scene.Bob.CatchUpAsync();

        await scene.Alice.PutInRoomAsync(scene.Room, $"redact/{MatrixClient.Escape(scene.Second)}/r").ExpectAsync();
        var redacted = await scene.Bob.PollAsync(since);
        await scene.Bob.LeaveAsync(scene.Room);
        await scene.Alice.SendAsync(scene.Room, "unheard");
        await scene.Bob.JoinAsync(scene.Room);
        var back = await scene.Bob.PollAsync(redacted.NextBatch());
        await scene.Alice.SendAsync(scene.Room, "welcome back");

        Assert.Equal("2/0", redacted.Counts(scene.Room));
        Assert.Equal("0/0", back.Counts(scene.Room));
        Assert.Equal("1/0", await scene.Bob.CountAsync(scene.Room));
    }

    // NOT-18: whatever is said in them, until they are read.
    [Theory]
    [AllDatabases]
    public async Task EncryptedMessages_CountWithoutHighlight(DatabaseKind kind)
    {
        await using var scene = await ReceiptScene.SetAsync(kind);
        var carol = await scene.JoinAsync("carol");
        await scene.Bob.ReadAsync(scene.Room, scene.Third);
        await SendEncryptedAsync(scene.Alice);
        var last = await SendEncryptedAsync(carol);
        var unread = await scene.Bob.CountAsync(scene.Room);
        await scene.RestartAsync();
        var counted = await scene.Bob.CountAsync(scene.Room);
        await scene.Bob.ReadAsync(scene.Room, last);

        Assert.Equal(("2/0", "2/0", "0/0"), (unread, counted, await scene.Bob.CountAsync(scene.Room)));

        Task<string> SendEncryptedAsync(MatrixClient sender) => sender.SendAsync(
            scene.Room,
            "m.room.encrypted",
            new JsonObject { ["algorithm"] = "m.megolm.v1.aes-sha2", ["ciphertext"] = "@room bob" });
    }

    [Theory]
    [AllDatabases]
    public async Task IgnoredUsers_DoNotCount(DatabaseKind kind)
    {
        await using var scene = await ReceiptScene.SetAsync(kind);
        var carol = await scene.JoinAsync("carol");
        await carol.SendAsync(scene.Room, "from carol");
        Assert.Equal("4/0", await scene.Bob.CountAsync(scene.Room));

        await scene.Bob.IgnoreAsync(scene.Alice);

        Assert.Equal("1/0", await scene.Bob.CountAsync(scene.Room));
    }

    // NOT-20: by the rules of the moment, also for what came before.
    [Theory]
    [AllDatabases]
    public async Task Rules_Changed_ChangeTheCount(DatabaseKind kind)
    {
        await using var scene = await ReceiptScene.SetAsync(kind);
        await scene.Alice.SendAsync(scene.Room, "a cake for everybody");
        Assert.Equal("4/0", await scene.Bob.CountAsync(scene.Room));

        await PutRuleAsync("content/cake", new JsonObject
        {
            ["pattern"] = "cake",
            ["actions"] = new JsonArray("notify", new JsonObject { ["set_tweak"] = "highlight" }),
        });
        var keyword = await scene.Bob.CountAsync(scene.Room);
        await PutRuleAsync($"room/{MatrixClient.Escape(scene.Room)}", new JsonObject { ["actions"] = new JsonArray() });
        var muted = await scene.Bob.CountAsync(scene.Room);
        await scene.Bob.DeleteAsync($"pushrules/global/room/{MatrixClient.Escape(scene.Room)}").ExpectAsync();
        await scene.Bob.DeleteAsync("pushrules/global/content/cake").ExpectAsync();

        Assert.Equal(("4/1", "1/1", "4/0"), (keyword, muted, await scene.Bob.CountAsync(scene.Room)));

        Task PutRuleAsync(string rule, JsonObject body) =>
            scene.Bob.PutAsync($"pushrules/global/{rule}", body).ExpectAsync();
    }

    // NOT-24: the name of the time, also where the database is asked.
    [Theory]
    [AllDatabases]
    public async Task DisplayName_AtTheTime_Highlights(DatabaseKind kind)
    {
        await using var scene = await ReceiptScene.SetAsync(kind);
        await SetNameAsync("Robert");
        await scene.Alice.SendAsync(scene.Room, "robert, are you there?");
        await SetNameAsync("Builder");
        await scene.Alice.SendAsync(scene.Room, "robert or builder?");
        await scene.Alice.SendAsync(scene.Room, "robert?");
        Assert.Equal("6/2", await scene.Bob.CountAsync(scene.Room));

        await scene.RestartAsync();

        Assert.Equal("6/2", await scene.Bob.CountAsync(scene.Room));

        Task SetNameAsync(string name) => scene.Bob.PutAsync(
            $"profile/{MatrixClient.Escape(scene.Bob.UserId)}/displayname",
            new JsonObject { ["displayname"] = name }).ExpectAsync();
    }

    // Beyond what live state holds of a room, and after it was forgotten.
    [Theory]
    [AllDatabases]
    public async Task ManyMessages_AreCountedFromTheDatabase(DatabaseKind kind)
    {
        await using var scene = await ReceiptScene.SetAsync(kind);
        for (var i = 0; i < 70; i++)
        {
            await scene.Alice.SendAsync(scene.Room, $"message {i}");
        }

        await scene.Alice.ReplyInThreadAsync(scene.Room, scene.First);
        var live = await scene.Bob.SplitAsync(scene.Room);
        await scene.RestartAsync();

        Assert.Equal("73/0 + 1/0", live);
        Assert.Equal("73/0 + 1/0", await scene.Bob.SplitAsync(scene.Room));
        await scene.Bob.ReadAsync(scene.Room, scene.Second, "main");
        Assert.Equal("71/0 + 1/0", await scene.Bob.SplitAsync(scene.Room));
    }
}
