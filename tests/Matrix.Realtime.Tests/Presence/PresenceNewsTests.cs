using System.Text.Json.Nodes;
using Matrix.Realtime.Tests.Databases;
using Matrix.Realtime.Tests.Sync;
using static Matrix.Realtime.Tests.Presence.PresenceCircle;

namespace Matrix.Realtime.Tests.Presence;

/// <summary>Presence in <c>/sync</c>: PRS-20 to PRS-28.</summary>
public sealed class PresenceNewsTests
{
    // PRS-20, PRS-21, PRS-22, PRS-24
    [Theory]
    [AllDatabases]
    public async Task Change_ReachesOneselfAndRoomMatesAndNobodyElse(DatabaseKind kind)
    {
        await using var circle = await GatherAsync(kind);
        var carol = await circle.Server.RegisterAsync("carol");
        var tokens = new Dictionary<MatrixClient, string>();
        foreach (var user in new[] { circle.Alice, circle.Bob, carol })
        {
            tokens[user] = await CatchUpAsync(user);
        }

        await SetAsync(circle.Alice, "online", "Reading");

        foreach (var user in new[] { circle.Alice, circle.Bob })
        {
            var found = Assert.Single(Events(await SyncAsync(user, tokens[user])));
            Assert.Equal(["content", "sender", "type"], Keys(found));
            Assert.Equal("m.presence", (string?)found["type"]);
            Assert.Equal(circle.Alice.UserId, (string?)found["sender"]);
            var content = found["content"]!.AsObject();
            Assert.Empty(Keys(content).Except(
                ["presence", "last_active_ago", "currently_active", "status_msg", "displayname", "avatar_url"]));
            Assert.Equal("online", (string?)content["presence"]);
            Assert.Equal("Reading", (string?)content["status_msg"]);
            Assert.Equal(0, (long)content["last_active_ago"]!);
            Assert.True((bool)content["currently_active"]!);
        }

        Assert.Null((await SyncAsync(carol, tokens[carol]))["presence"]);
    }

    // PRS-24
    [Theory]
    [AllDatabases("unavailable", "In")]
    [AllDatabases("online", "Out")]
    [AllDatabases("online", null)]
    public async Task Change_OfStateOrStatusMsgAlone_IsTold(DatabaseKind kind, string state, string? statusMsg)
    {
        await using var circle = await GatherAsync(kind);
        await SetAsync(circle.Alice, "online", "In");
        var since = await CatchUpAsync(circle.Bob);

        await SetAsync(circle.Alice, state, statusMsg);
        var told = await SyncAsync(circle.Bob, since);
        await SetAsync(circle.Alice, state, statusMsg);

        Assert.Equal(state, (string?)Find(told, circle.Alice)!["presence"]);
        Assert.Equal(statusMsg, (string?)Find(told, circle.Alice)!["status_msg"]);
        Assert.Null((await SyncAsync(circle.Bob, told.NextBatch()))["presence"]);
    }

    // PRS-23
    [Theory]
    [AllDatabases]
    public async Task Join_ShowsBothSidesEachOtherOnce(DatabaseKind kind)
    {
        await using var circle = await GatherAsync(kind);
        var carol = await circle.Server.RegisterAsync("carol");
        await SetAsync(circle.Alice, "online", "Host");
        await SetAsync(carol, "unavailable", "Guest");
        var (ofAlice, ofCarol) = (await CatchUpAsync(circle.Alice), await CatchUpAsync(carol));

        await carol.JoinAsync(circle.Room);

        var toAlice = await SyncAsync(circle.Alice, ofAlice);
        var toCarol = await SyncAsync(carol, ofCarol);
        Assert.Equal("Guest", (string?)Find(toAlice, carol)!["status_msg"]);
        Assert.Equal("Host", (string?)Find(toCarol, circle.Alice)!["status_msg"]);
        Assert.Null((await SyncAsync(circle.Alice, toAlice.NextBatch()))["presence"]);
        Assert.Null((await SyncAsync(carol, toCarol.NextBatch()))["presence"]);
    }

    // PRS-21, PRS-23: who leaves is told of no more.
    [Theory]
    [AllDatabases]
    public async Task Leave_EndsWhatIsTold(DatabaseKind kind)
    {
        await using var circle = await GatherAsync(kind);
        await circle.Bob.LeaveAsync(circle.Room);
        var since = await CatchUpAsync(circle.Bob);

        await SetAsync(circle.Alice, "online", "Alone");

        Assert.Null(Find(await SyncAsync(circle.Bob, since), circle.Alice));
        Assert.Null(Find(await SyncAsync(circle.Bob), circle.Alice));
    }

    // PRS-25
    [Theory]
    [AllDatabases]
    public async Task FirstSync_TellsOfAllWhoAreNotOffline(DatabaseKind kind)
    {
        await using var circle = await GatherAsync(kind);
        var carol = await circle.Server.RegisterAsync("carol");
        await carol.JoinAsync(circle.Room);
        var dave = await circle.Server.RegisterAsync("dave");
        await SetAsync(circle.Alice, "unavailable", "Away");
        await SetAsync(carol, "offline", "Hidden");
        await SetAsync(dave, "online");

        var first = await SyncAsync(circle.Bob);

        Assert.Equal("Away", (string?)Find(first, circle.Alice)!["status_msg"]);
        Assert.Null(Find(first, carol));
        Assert.Null(Find(first, dave));
        var own = await SyncAsync(circle.Bob, setPresence: "online");
        Assert.Equal("online", (string?)Find(own, circle.Bob)!["presence"]);
    }

    // PRS-25
    [Theory]
    [AllDatabases]
    public async Task Gap_WithManyChanges_TellsTheCurrentStateOnce(DatabaseKind kind)
    {
        await using var circle = await GatherAsync(kind);
        var since = await CatchUpAsync(circle.Bob);
        foreach (var text in new[] { "one", "two", "three" })
        {
            await SetAsync(circle.Alice, "online", text);
            await SetAsync(circle.Alice, "unavailable", text);
        }

        await SetAsync(circle.Alice, "offline", "four");

        var content = Find(await SyncAsync(circle.Bob, since), circle.Alice)!;
        Assert.Equal(("offline", "four"), ((string?)content["presence"], (string?)content["status_msg"]));
    }

    // PRS-25
    [Theory]
    [AllDatabases]
    public async Task Token_FromBeforeARestart_TellsWhatChangedAndOnlyThat(DatabaseKind kind)
    {
        await using var circle = await GatherAsync(kind);
        var carol = await circle.Server.RegisterAsync("carol");
        await carol.JoinAsync(circle.Room);
        await SetAsync(carol, "unavailable");
        var since = await CatchUpAsync(circle.Bob);
        await SetAsync(circle.Alice, "online");

        await circle.RestartAsync();

        var told = await SyncAsync(circle.Bob, since);
        Assert.Equal("online", (string?)Find(told, circle.Alice)!["presence"]);
        Assert.Null(Find(told, carol));
    }

    [Theory]
    [AllDatabases]
    public async Task IgnoredUsers_AreNotTold_UntilTheyAreIgnoredNoMore(DatabaseKind kind)
    {
        await using var circle = await GatherAsync(kind);
        await circle.Bob.IgnoreAsync(circle.Alice);
        var since = await CatchUpAsync(circle.Bob);

        await SetAsync(circle.Alice, "online");

        Assert.Null(Find(await SyncAsync(circle.Bob), circle.Alice));
        var quiet = await SyncAsync(circle.Bob, since);
        Assert.Null(quiet["presence"]);
        await circle.Bob.IgnoreAsync();
        Assert.NotNull(Find(await SyncAsync(circle.Bob, quiet.NextBatch()), circle.Alice));
    }

    // PRS-26
    [Theory]
    [AllDatabases("displayname", "Alice Liddell")]
    [AllDatabases("avatar_url", "mxc://localhost/alice")]
    public async Task Profile_WhenItChanges_IsToldWithThePresentState(DatabaseKind kind, string field, string value)
    {
        await using var circle = await GatherAsync(kind);
        await SetAsync(circle.Alice, "unavailable", "Away");
        var since = await CatchUpAsync(circle.Bob);

        await circle.Alice.PutAsync(
            $"profile/{MatrixClient.Escape(circle.Alice.UserId)}/{field}",
            new JsonObject { [field] = value }).ExpectAsync();

        var told = await SyncAsync(circle.Bob, since);
        var content = Find(told, circle.Alice)!;
        Assert.Equal(value, (string?)content[field]);
        Assert.Equal("Away", (string?)content["status_msg"]);
        var member = told.Joined(circle.Room).Timeline().Single(found => (string)found["type"]! == "m.room.member");
        Assert.Equal(value, (string?)member["content"]![field]);
        await SetAsync(circle.Alice, "unavailable", "Still away");
        Assert.Equal(value, (string?)Find(await SyncAsync(circle.Bob, told.NextBatch()), circle.Alice)![field]);
    }

    // PRS-27
    [Theory]
    [AllDatabases("""{"presence":{"not_types":["*"]}}""", "")]
    [AllDatabases("""{"presence":{"types":[]}}""", "")]
    [AllDatabases("""{"presence":{"types":["m.presence"]}}""", "alice carol")]
    [AllDatabases("""{"presence":{"types":["m.*"]}}""", "alice carol")]
    [AllDatabases("""{"presence":{"senders":["@alice:localhost"]}}""", "alice")]
    [AllDatabases("""{"presence":{"not_senders":["@alice:localhost"]}}""", "carol")]
    public async Task Filter_OfPresence_Applies(DatabaseKind kind, string filter, string told)
    {
        await using var circle = await GatherAsync(kind);
        var carol = await circle.Server.RegisterAsync("carol");
        await carol.JoinAsync(circle.Room);
        var since = await CatchUpAsync(circle.Bob);
        await SetAsync(circle.Alice, "online", "a");
        await SetAsync(carol, "online", "c");

        foreach (var from in new[] { since, null })
        {
            var sync = await SyncAsync(circle.Bob, from, filter: filter);
            var names = Events(sync).Select(found => (string)found["sender"]!)
                .Where(sender => sender != circle.Bob.UserId)
                .Select(sender => sender[1..sender.IndexOf(':', StringComparison.Ordinal)]);
            Assert.Equal(told, string.Join(' ', names.Order(StringComparer.Ordinal)));
        }
    }

    // PRS-27
    [Theory]
    [AllDatabases]
    public async Task Filter_WithALimit_BoundsTheNumber(DatabaseKind kind)
    {
        await using var circle = await GatherAsync(kind);
        var carol = await circle.Server.RegisterAsync("carol");
        await carol.JoinAsync(circle.Room);
        var since = await CatchUpAsync(circle.Bob);
        await SetAsync(circle.Alice, "online", "a");
        await SetAsync(carol, "online", "c");

        var sync = await SyncAsync(circle.Bob, since, filter: """{"presence":{"limit":1}}""");

        Assert.Single(Events(sync));
    }

    // PRS-24, PRS-28
    [Theory]
    [AllDatabases]
    public async Task Change_WakesAPollSoonAndSeveralTogether(DatabaseKind kind)
    {
        await using var circle = await GatherAsync(kind);
        var carol = await circle.Server.RegisterAsync("carol");
        await carol.JoinAsync(circle.Room);
        var since = await CatchUpAsync(circle.Bob);
        var poll = await circle.OpenPollAsync(circle.Bob, "offline", since, filter: "{}");
        await circle.Live.WaitForWaitsAsync(1);

        await SetAsync(circle.Alice, "online", "first");
        await SetAsync(carol, "online", "second");
        Assert.NotNull(Find(await SyncAsync(circle.Bob, since), carol));
        Assert.False(poll.Answer.IsCompleted);
        var answer = await circle.AnswerAsync(poll, TimeSpan.FromSeconds(5));

        Assert.Equal("first", (string?)Find(answer, circle.Alice)!["status_msg"]);
        Assert.Equal("second", (string?)Find(answer, carol)!["status_msg"]);
    }

    // PRS-28
    [Theory]
    [AllDatabases("""{"presence":{"not_types":["*"]}}""")]
    [AllDatabases("""{"presence":{"types":[]}}""")]
    [AllDatabases("""{"presence":{"limit":0}}""")]
    [AllDatabases("""{"presence":{"not_senders":["@alice:localhost"]}}""")]
    public async Task Change_ThatTheFilterDrops_DoesNotWakeThePoll(DatabaseKind kind, string filter)
    {
        await using var circle = await GatherAsync(kind);
        var poll = await circle.OpenPollAsync(circle.Bob, "offline", filter: filter);

        await SetAsync(circle.Alice, "online", "unheard");
        circle.Time.Advance(TimeSpan.FromSeconds(5));
        Assert.Empty(Events(await SyncAsync(circle.Bob, filter: filter)));
        Assert.False(poll.Answer.IsCompleted);
        await circle.Alice.SendAsync(circle.Room, "heard");

        var answer = await poll.Answer;
        Assert.Equal(["heard"], answer.Joined(circle.Room).Texts());
        Assert.Null(answer["presence"]);
    }

    private static IEnumerable<string> Keys(JsonObject found) =>
        found.Select(member => member.Key).Order(StringComparer.Ordinal);
}
