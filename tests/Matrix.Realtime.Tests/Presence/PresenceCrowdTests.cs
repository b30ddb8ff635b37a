using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Presence;
using Matrix.Realtime.Streams;
using Matrix.Realtime.Tests.Databases;
using Matrix.Realtime.Tests.Streams;
using Matrix.Realtime.Tests.Sync;
using Matrix.Realtime.Tests.Typing;
using Microsoft.Extensions.Time.Testing;
using static Matrix.Realtime.Tests.Presence.PresenceCircle;

namespace Matrix.Realtime.Tests.Presence;

/// <summary>A change in a large room costs those who poll there, not its members.</summary>
public sealed class PresenceCrowdTests
{
    private const int Members = 10_000;
    private const int Pollers = 100;

    [Fact]
    public void Change_InALargeRoom_TouchesThoseWhoPollAndIsOneEntry()
    {
        var room = RoomId.Parse("!room:test");
        var users = Enumerable.Range(0, Members).Select(index => UserId.Parse($"@member{index}:test")).ToList();
        var notifier = new Notifier(new DeferredWakes(new FakeTimeProvider()));
        var view = new LiveView(new(100), []);
        var feeds = users.Take(Pollers).Select(user => notifier.Follow(user, view, _ => [room])!).ToHashSet();
        var joins = users.Select((user, index) => new TestChange(room, user, index)
        {
            Member = user,
            Joined = true,
            Position = new(101 + index),
        });
        notifier.Record([.. joins]);
        var before = new StreamPosition(101 + Members);

        var told = notifier.Record(
        [
            new PresenceChange(new() { UserId = users[^1], Position = before }, [room], TimeSpan.Zero)
            {
                Position = new(before.Value + 1),
            },
        ]);

        Assert.Equal(Pollers, told.Count);
        Assert.True(feeds.SetEquals(told.Select(entry => entry.Feed)));
        Assert.Equal([users[^1]], notifier.GetPeers(room, ChangeKinds.Presence, before).Select(peer => peer.Key));
    }

    [Theory]
    [AllDatabases]
    public async Task Change_InALargeRoom_WritesOneRowAndReadsLittle(DatabaseKind kind)
    {
        var commits = new CommitCounter();
        await using var circle = await GatherAsync(kind, new() { Settings = On, Services = commits.Install });
        var others = Enumerable.Range(0, Members).Select(index => $"@member{index}:localhost");
        await circle.Live.JoinAsync(circle.Room, others);
        List<MatrixClient> users = [];
        for (var i = 0; i < Pollers; i++)
        {
            users.Add(await circle.Server.RegisterAsync($"poller{i}"));
            await users[i].JoinAsync(circle.Room);
        }

        await SetAsync(circle.Alice, "unavailable");
        var since = (await SyncAsync(circle.Bob, filter: """{"room":{"rooms":[]}}""")).NextBatch();
        List<OpenPoll> polls = [];
        foreach (var user in users)
        {
            polls.Add(await circle.OpenPollAsync(user, "offline", since, filter: "{}"));
        }

        var (rows, commands) = (commits.Rows, circle.Live.Commands);
        await SetAsync(circle.Alice, "unavailable", "Out");
        circle.Time.Advance(TimeSpan.FromMilliseconds(200));
        var answers = await Task.WhenAll(polls.Select(poll => poll.Answer)).WaitAsync(SyncAnswerExtensions.Patience);

        Assert.All(answers, answer => Assert.Equal("Out", (string?)Find(answer, circle.Alice)!["status_msg"]));
        Assert.All(answers, answer => Assert.Single(Events(answer)));
        Assert.Equal(rows + 1, commits.Rows);
        Assert.InRange(circle.Live.Commands - commands, 0, Pollers);
    }
}
