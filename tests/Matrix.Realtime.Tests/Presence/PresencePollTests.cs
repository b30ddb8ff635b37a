using System.Net;
using System.Text.Json.Nodes;
using Matrix.Realtime.Tests.Databases;
using Matrix.Realtime.Tests.Sync;
using Matrix.Realtime.Tests.Typing;
using static Matrix.Realtime.Tests.Presence.PresenceCircle;

namespace Matrix.Realtime.Tests.Presence;

/// <summary>What polls and the time do to presence: PRS-10, PRS-12 to PRS-19, PRS-30.</summary>
public sealed class PresencePollTests
{
    // PRS-10, PRS-15, PRS-17
    [Theory]
    [AllDatabases(null, "online")]
    [AllDatabases("online", "online")]
    [AllDatabases("unavailable", "unavailable")]
    public async Task Poll_WhileOpenAndForAWhileAfter_ShowsItsUser(DatabaseKind kind, string? setPresence, string state)
    {
        await using var circle = await GatherAsync(kind);

        var poll = await circle.OpenPollAsync(circle.Alice, setPresence);
        await circle.WaitForAsync(circle.Alice, state);
        circle.Time.Advance(TimeSpan.FromSeconds(120));
        Assert.Equal(state, await StateAsync(circle));
        await circle.HangUpAsync(poll, circle.Alice);
        circle.Time.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal(state, await StateAsync(circle));
        circle.Time.Advance(TimeSpan.FromSeconds(2));

        await circle.WaitForAsync(circle.Alice, "offline");
    }

    // PRS-10, PRS-17: without waiting too.
    [Theory]
    [AllDatabases]
    public async Task Sync_WithoutWaiting_ShowsItsUserForAWhile(DatabaseKind kind)
    {
        await using var circle = await GatherAsync(kind);

        await SyncAsync(circle.Alice, setPresence: null);
        await circle.WaitForAsync(circle.Alice, "online");
        circle.Time.Advance(TimeSpan.FromSeconds(31));

        await circle.WaitForAsync(circle.Alice, "offline");
    }

    // PRS-18
    [Theory]
    [AllDatabases("away")]
    [AllDatabases("Online")]
    public async Task Sync_WithAnUnknownSetPresence_IsRefused(DatabaseKind kind, string setPresence)
    {
        await using var circle = await GatherAsync(kind);

        await circle.Alice.GetAsync($"sync?set_presence={setPresence}")
            .ExpectErrorAsync(HttpStatusCode.BadRequest, "M_INVALID_PARAM");
    }

    // PRS-18, PRS-19
    [Theory]
    [AllDatabases]
    public async Task PollThatHides_ByItself_LeavesItsUserOffline(DatabaseKind kind)
    {
        await using var circle = await GatherAsync(kind);
        circle.Time.Advance(TimeSpan.FromMinutes(10));
        await circle.WaitForAsync(circle.Alice, "offline");
        var since = await CatchUpAsync(circle.Bob);

        var poll = await circle.OpenPollAsync(circle.Alice, "offline");
        circle.Time.Advance(TimeSpan.FromSeconds(60));

        Assert.Equal("offline", await StateAsync(circle));
        await circle.HangUpAsync(poll, circle.Alice);
        Assert.Null(Find(await SyncAsync(circle.Bob, since), circle.Alice));
    }

    // PRS-16, PRS-18
    [Theory]
    [AllDatabases]
    public async Task PollThatHides_BesideAnother_DoesNotDragItDown(DatabaseKind kind)
    {
        await using var circle = await GatherAsync(kind);
        var phone = await circle.Server.LoginAsync("alice");
        var shown = await circle.OpenPollAsync(circle.Alice);
        await circle.WaitForAsync(circle.Alice, "online");
        var since = await CatchUpAsync(circle.Bob);

        var hidden = await circle.OpenPollAsync(phone, "offline", count: 2);
        await circle.HangUpAsync(hidden, circle.Alice, left: 1);
        circle.Time.Advance(TimeSpan.FromSeconds(40));

        Assert.Equal("online", await StateAsync(circle));
        Assert.Null(Find(await SyncAsync(circle.Bob, since), circle.Alice));
        await circle.HangUpAsync(shown, circle.Alice);
    }

    // PRS-18: nor an explicit PUT.
    [Theory]
    [AllDatabases]
    public async Task PollThatHides_AfterAPut_DoesNotDragItDown(DatabaseKind kind)
    {
        await using var circle = await GatherAsync(kind);
        await SetAsync(circle.Alice, "online", "Here");

        await SyncAsync(circle.Alice, setPresence: "offline");

        var status = await ReadAsync(circle.Bob, circle.Alice);
        Assert.Equal(("online", "Here"), ((string?)status["presence"], (string?)status["status_msg"]));
    }

    // PRS-16
    [Theory]
    [AllDatabases("unavailable", "online", "online")]
    [AllDatabases("online", "unavailable", "online")]
    [AllDatabases("unavailable", "unavailable", "unavailable")]
    [AllDatabases("unavailable", "offline", "unavailable")]
    public async Task Devices_TheMostAvailable_Counts(DatabaseKind kind, string first, string second, string combined)
    {
        await using var circle = await GatherAsync(kind);
        var phone = await circle.Server.LoginAsync("alice");

        var polls = new[]
        {
            await circle.OpenPollAsync(circle.Alice, first),
            await circle.OpenPollAsync(phone, second, count: 2),
        };

        await circle.WaitForAsync(circle.Alice, combined);
        await circle.HangUpAsync(polls[1], circle.Alice, left: 1);
        circle.Time.Advance(TimeSpan.FromSeconds(31));
        await circle.WaitForAsync(circle.Alice, first);
        await circle.HangUpAsync(polls[0], circle.Alice);
        circle.Time.Advance(TimeSpan.FromSeconds(31));
        await circle.WaitForAsync(circle.Alice, "offline");
    }

    // PRS-14
    [Theory]
    [AllDatabases]
    public async Task User_WhoDoesNothing_GoesIdleAndComesBackByADeedOfAnyDevice(DatabaseKind kind)
    {
        await using var circle = await GatherAsync(kind);
        var phone = await circle.Server.LoginAsync("alice");
        var poll = await circle.OpenPollAsync(circle.Alice);
        await circle.WaitForAsync(circle.Alice, "online");
        await circle.Alice.SendAsync(circle.Room, "hello");

        circle.Time.Advance(TimeSpan.FromSeconds(299));
        Assert.Equal("online", await StateAsync(circle));
        circle.Time.Advance(TimeSpan.FromSeconds(2));
        var idle = await circle.WaitForAsync(circle.Alice, "unavailable");
        Assert.False((bool?)idle["currently_active"] ?? false);
        await poll.Answer;
        var next = await circle.OpenPollAsync(circle.Alice);
        Assert.Equal("unavailable", await StateAsync(circle));
        await phone.SendAsync(circle.Room, "back");

        var back = await circle.WaitForAsync(circle.Alice, "online");
        Assert.True((bool)back["currently_active"]!);
        await circle.HangUpAsync(next, circle.Alice);
    }

    // PRS-14, TYP-23
    [Theory]
    [AllDatabases("typing")]
    [AllDatabases("send")]
    [AllDatabases("receipt")]
    [AllDatabases("ban")]
    public async Task Deed_OfWhomTheirClientCallsIdle_BringsThemBack(DatabaseKind kind, string deed)
    {
        await using var circle = await GatherAsync(kind);
        var eventId = await circle.Bob.SendAsync(circle.Room, "hello");
        await SetAsync(circle.Alice, "unavailable");
        var since = await CatchUpAsync(circle.Bob);

        await (deed switch
        {
            "typing" => circle.Alice.TypeAsync(circle.Room),
            "send" => circle.Alice.SendAsync(circle.Room, "hi"),
            "ban" => circle.Alice.PostAsync(
                $"rooms/{MatrixClient.Escape(circle.Room)}/ban",
                new JsonObject { ["user_id"] = "@spammer:localhost" }).ExpectAsync(),
            _ => circle.Alice.PostAsync(
                $"rooms/{MatrixClient.Escape(circle.Room)}/receipt/m.read/{MatrixClient.Escape(eventId)}").ExpectAsync(),
        });

        Assert.Equal("online", await StateAsync(circle));
        Assert.Equal("online", (string?)Find(await SyncAsync(circle.Bob, since), circle.Alice)!["presence"]);
    }

    // PRS-12 to PRS-15, PRS-24
    [Theory]
    [AllDatabases]
    public async Task User_WhoGoesAway_IsSeenToPassThroughAllStates(DatabaseKind kind)
    {
        await using var circle = await GatherAsync(kind);
        await SetAsync(circle.Alice, "online", "here");
        var poll = await circle.OpenPollAsync(circle.Alice);
        var since = await CatchUpAsync(circle.Bob);

        circle.Time.Advance(TimeSpan.FromSeconds(60));
        var inactive = await WaitForNewsAsync(circle, since);
        Assert.Equal(
            """{"presence":"online","status_msg":"here","last_active_ago":60000,"currently_active":false}""",
            Find(inactive, circle.Alice)!.ToJsonString());
        circle.Time.Advance(TimeSpan.FromSeconds(230));
        await circle.HangUpAsync(poll, circle.Alice);
        circle.Time.Advance(TimeSpan.FromSeconds(10));
        var idle = await WaitForNewsAsync(circle, inactive.NextBatch());
        Assert.Equal(
            """{"presence":"unavailable","status_msg":"here","last_active_ago":300000}""",
            Find(idle, circle.Alice)!.ToJsonString());
        circle.Time.Advance(SyncAnswerExtensions.Patience);
        var gone = await WaitForNewsAsync(circle, idle.NextBatch());
        Assert.Equal("offline", (string?)Find(gone, circle.Alice)!["presence"]);
        Assert.Equal("here", (string?)Find(gone, circle.Alice)!["status_msg"]);
        Assert.Null((await SyncAsync(circle.Bob, gone.NextBatch()))["presence"]);
    }

    // PRS-12, PRS-13
    [Theory]
    [AllDatabases]
    public async Task CurrentlyActive_UntilAMinuteAfterTheLastDeed_StandsWithoutUpdates(DatabaseKind kind)
    {
        await using var circle = await GatherAsync(kind);
        var poll = await circle.OpenPollAsync(circle.Alice);
        await circle.WaitForAsync(circle.Alice, "online");
        await SetAsync(circle.Alice, "online");
        var since = await CatchUpAsync(circle.Bob);
        for (var i = 0; i < 4; i++)
        {
            circle.Time.Advance(TimeSpan.FromSeconds(30));
            await circle.Alice.TypeAsync(circle.Room, typing: i % 2 == 0);
            Assert.True((bool)(await ReadAsync(circle.Bob, circle.Alice))["currently_active"]!);
        }

        var quiet = await SyncAsync(circle.Bob, since);
        Assert.Null(Find(quiet, circle.Alice));
        circle.Time.Advance(TimeSpan.FromSeconds(61));
        var closing = await WaitForNewsAsync(circle, quiet.NextBatch());
        var content = Find(closing, circle.Alice)!;
        Assert.Equal("online", (string?)content["presence"]);
        Assert.False((bool)content["currently_active"]!);
        Assert.InRange((long)content["last_active_ago"]!, 60_000, 62_000);

        circle.Time.Advance(TimeSpan.FromSeconds(60));
        Assert.Null(Find(await SyncAsync(circle.Bob, closing.NextBatch()), circle.Alice));
        await circle.Alice.TypeAsync(circle.Room);
        var again = Find(await WaitForNewsAsync(circle, closing.NextBatch()), circle.Alice)!;
        Assert.True((bool)again["currently_active"]!);
        await poll.HangUpAsync();
    }

    // PRS-15: a client that returns in time is never seen to leave.
    [Theory]
    [AllDatabases]
    public async Task Polls_WithGapsBelowTheLimit_ChangeAndWriteNothing(DatabaseKind kind)
    {
        var commits = new CommitCounter();
        await using var circle = await GatherAsync(kind, new() { Settings = On, Services = commits.Install });
        var poll = await circle.OpenPollAsync(circle.Alice, "unavailable");
        await circle.WaitForAsync(circle.Alice, "unavailable");
        var since = await CatchUpAsync(circle.Bob);

        // When Bob was last active is written down meanwhile.
        await RenewAsync();
        var before = await CountRowsAsync();
        await RenewAsync();

        Assert.Null(Find(await SyncAsync(circle.Bob, since), circle.Alice));
        Assert.Equal(before + 1, await CountRowsAsync());
        await circle.HangUpAsync(poll, circle.Alice);

        // Writes a row, behind all that is being written.
        async Task<int> CountRowsAsync()
        {
            await circle.Bob.SetAccountDataAsync("org.example.mark", new JsonObject { ["rows"] = commits.Rows });
            return commits.Rows;
        }

        async Task RenewAsync()
        {
            for (var i = 0; i < 10; i++)
            {
                await circle.HangUpAsync(poll, circle.Alice);
                circle.Time.Advance(TimeSpan.FromSeconds(25));
                poll = await circle.OpenPollAsync(circle.Alice, "unavailable");
            }
        }
    }

    // PRS-15: after a restart nobody stays online whose client is gone, and nobody flickers whose client is not.
    [Theory]
    [AllDatabases(false)]
    [AllDatabases(true)]
    public async Task Restart_LeavesNoGhostAndNoFlicker(DatabaseKind kind, bool returns)
    {
        await using var circle = await GatherAsync(kind);
        var poll = await circle.OpenPollAsync(circle.Alice);
        await circle.WaitForAsync(circle.Alice, "online");
        await poll.HangUpAsync();
        var since = await CatchUpAsync(circle.Bob);

        await circle.RestartAsync();
        circle.Time.Advance(TimeSpan.FromSeconds(10));
        var second = returns ? await circle.OpenPollAsync(circle.Alice) : null;
        circle.Time.Advance(TimeSpan.FromSeconds(31));

        if (second is null)
        {
            await circle.WaitForAsync(circle.Alice, "offline");
        }
        else
        {
            Assert.Equal("online", await StateAsync(circle));
            Assert.Null(Find(await SyncAsync(circle.Bob, since), circle.Alice));
            await circle.HangUpAsync(second, circle.Alice);
        }
    }

    // PRS-30
    [Theory]
    [AllDatabases]
    public async Task Busy_IsAnnouncedCountsMostAndIsNotIdled(DatabaseKind kind)
    {
        await using var circle = await GatherAsync(kind);
        var versions = await circle.Alice.GetAsync("/_matrix/client/versions").ExpectAsync();
        Assert.True((bool)versions["unstable_features"]!["org.matrix.msc3026.busy_presence"]!);
        var phone = await circle.Server.LoginAsync("alice");
        await SetAsync(circle.Alice, "org.matrix.msc3026.busy", "In a call");
        var polls = new[]
        {
            await circle.OpenPollAsync(circle.Alice, "org.matrix.msc3026.busy", timeout: TimeSpan.FromMinutes(5)),
            await circle.OpenPollAsync(phone, count: 2, timeout: TimeSpan.FromMinutes(5)),
        };

        circle.Time.Advance(TimeSpan.FromMinutes(4.9));
        circle.Time.Advance(TimeSpan.FromMinutes(0.1));
        circle.Time.Advance(TimeSpan.FromSeconds(10));

        var status = await ReadAsync(circle.Bob, circle.Alice);
        Assert.Equal("org.matrix.msc3026.busy", (string?)status["presence"]);
        Assert.Equal("In a call", (string?)status["status_msg"]);
        Assert.False((bool?)status["currently_active"] ?? false);
        await Task.WhenAll(polls.Select(poll => poll.Answer));
    }

    private static async Task<string?> StateAsync(PresenceCircle circle) =>
        (string?)(await ReadAsync(circle.Bob, circle.Alice))["presence"];

    private static async Task<JsonObject> WaitForNewsAsync(PresenceCircle circle, string since)
    {
        using var patience = new CancellationTokenSource(SyncAnswerExtensions.Patience);
        while (true)
        {
            var sync = await SyncAsync(circle.Bob, since);
            if (Find(sync, circle.Alice) is not null)
            {
                return sync;
            }

            patience.Token.ThrowIfCancellationRequested();
        }
    }
}
