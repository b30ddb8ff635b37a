using Matrix.Realtime.Tests.Databases;

namespace Matrix.Realtime.Tests.Typing;

/// <summary>When typing ends: TYP-3 to TYP-6, TYP-14.</summary>
public sealed class TypingDeadlineTests
{
    [Theory]
    [AllDatabases(null, 30_000)]
    [AllDatabases(5_000L, 5_000)]
    [AllDatabases(1_000_000L, 120_000)]
    [AllDatabases(long.MaxValue, 120_000)]
    public async Task Typing_UntilItsDeadline_LastsAndThenWakesThePoll(DatabaseKind kind, long? timeout, int lasts)
    {
        await using var scene = await TypingScene.SetAsync(kind);
        await scene.Alice.TypeAsync(scene.Room, timeout: timeout);
        Assert.Equal([scene.Alice.UserId], await scene.PollAsync());

        scene.Time.Advance(TimeSpan.FromMilliseconds(lasts - 1));
        Assert.Null(await scene.PollAsync(timeout: 0));

        var poll = scene.PollAsync();
        scene.Time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Empty((await poll)!);
    }

    [Theory]
    [AllDatabases(0)]
    [AllDatabases(-1)]
    [AllDatabases(long.MinValue)]
    public async Task Typing_WithNoTime_IsOverAtOnce(DatabaseKind kind, long timeout)
    {
        await using var scene = await TypingScene.SetAsync(kind);

        await scene.Alice.TypeAsync(scene.Room, timeout: timeout);
        Assert.Null(await scene.PollAsync(timeout: 0));

        await scene.Alice.TypeAsync(scene.Room);
        await scene.Alice.TypeAsync(scene.Room, timeout: timeout);
        Assert.Empty((await scene.PollAsync())!);
    }

    [Theory]
    [AllDatabases]
    public async Task Renewal_InTime_MovesTheDeadlineAndChangesNothingElse(DatabaseKind kind)
    {
        var commits = new CommitCounter();
        await using var scene = await TypingScene.SetAsync(kind, new() { Services = commits.Install });
        await scene.Alice.TypeAsync(scene.Room, timeout: 10_000);
        Assert.Equal([scene.Alice.UserId], await scene.PollAsync());
        var before = commits.Count;

        for (var i = 0; i < 5; i++)
        {
            scene.Time.Advance(TimeSpan.FromSeconds(9));
            await scene.Alice.TypeAsync(scene.Room, timeout: 10_000);
        }

        Assert.Equal(before, commits.Count);
        Assert.Null(await scene.PollAsync(timeout: 0));
        var poll = scene.PollAsync();
        scene.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.Empty((await poll)!);
    }

    [Theory]
    [AllDatabases]
    public async Task Renewal_WhileOthersWait_WakesNobody(DatabaseKind kind)
    {
        await using var scene = await TypingScene.SetAsync(kind);
        await scene.Alice.TypeAsync(scene.Room);
        await scene.PollAsync();

        var poll = scene.Bob.SyncAsync(scene.Since, 30_000);
        await scene.Alice.TypeAsync(scene.Room);
        await scene.SetBobsDataAsync("org.example.end", []);

        var sync = await poll;
        Assert.NotNull(sync["account_data"]);
        Assert.Empty(sync["rooms"]?.AsObject() ?? []);
    }

    [Theory]
    [AllDatabases]
    public async Task Renewal_WithLessTime_ShortensTheWindow(DatabaseKind kind)
    {
        await using var scene = await TypingScene.SetAsync(kind);
        await scene.Alice.TypeAsync(scene.Room, timeout: 60_000);
        await scene.Alice.TypeAsync(scene.Room, timeout: 2_000);
        await scene.PollAsync();

        var poll = scene.PollAsync();
        scene.Time.Advance(TimeSpan.FromSeconds(2));

        Assert.Empty((await poll)!);
    }

    [Theory]
    [AllDatabases]
    public async Task Stop_Repeated_IsToldOnce(DatabaseKind kind)
    {
        var commits = new CommitCounter();
        await using var scene = await TypingScene.SetAsync(kind, new() { Services = commits.Install });
        await scene.Alice.TypeAsync(scene.Room);
        await scene.PollAsync();

        await scene.Alice.TypeAsync(scene.Room, typing: false);
        Assert.Empty((await scene.PollAsync())!);
        var before = commits.Count;
        await scene.Alice.TypeAsync(scene.Room, typing: false);

        Assert.Equal(before, commits.Count);
        Assert.Null(await scene.PollAsync(timeout: 0));
    }

    [Theory]
    [AllDatabases]
    public async Task Expiry_WhenTheDatabaseFails_IsTriedAgain(DatabaseKind kind)
    {
        var commits = new CommitCounter();
        await using var scene = await TypingScene.SetAsync(
            kind, new() { Services = commits.Install, ExpectsFailures = true });
        await scene.Alice.TypeAsync(scene.Room, timeout: 5_000);
        await scene.PollAsync();

        var failed = commits.FailNextAsync();
        scene.Time.Advance(TimeSpan.FromSeconds(5));
        await failed;
        IReadOnlyList<string>? typists = null;
        while (typists is null)
        {
            // The retry is set some time after the failure; the clock moves on until it has fired.
            scene.Time.Advance(TimeSpan.FromMilliseconds(100));
            typists = await scene.PollAsync(timeout: 0);
        }

        Assert.Empty(typists);
    }
}
