using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Streams;
using Microsoft.Extensions.Time.Testing;

namespace Matrix.Realtime.Tests.Streams;

public sealed class NotifierTests
{
    private static readonly RoomId Room = RoomId.Parse("!room:test");
    private static readonly RoomId Elsewhere = RoomId.Parse("!elsewhere:test");

    private readonly FakeTimeProvider _time = new();
    private readonly Notifier _notifier;
    private long _head = 100;

    public NotifierTests() => _notifier = new(new DeferredWakes(_time));

    [Fact]
    public void Change_InALargeRoomWithThreeFollowers_TouchesThreeFeeds()
    {
        var members = Enumerable.Range(0, 10_000).Select(index => UserId.Parse($"@member{index}:test")).ToList();
        HashSet<UserFeed> followers =
            [Follow(members[7], Room), Follow(members[4007], Room), Follow(members[8007], Room)];
        Follow(UserId.Parse("@stranger:test"), Elsewhere);

        var told = _notifier.Record([Change(Room)]);

        Assert.Equal(3, told.Count);
        Assert.True(followers.SetEquals(told.Select(entry => entry.Feed)));
    }

    [Fact]
    public void Signal_WhoseInterestDropsTheChange_IsNotCompleted()
    {
        var feed = Follow(StreamNode.Alice, Room);
        using var events = feed.Capture(new TestInterest(change => change.Kind == ChangeKinds.Events));
        using var typing = feed.Capture(new TestInterest(change => change.Kind == ChangeKinds.Typing));

        _notifier.Wake(_notifier.Record([Change(Room, ChangeKinds.Typing)]));

        Assert.True(typing.Completion.IsCompleted);
        Assert.False(events.Completion.IsCompleted);
    }

    [Fact]
    public void Signal_OfAnotherRoom_IsNotCompleted()
    {
        using var signal = Follow(StreamNode.Alice, Elsewhere).Capture(TestInterest.Everything);

        _notifier.Wake(_notifier.Record([Change(Room)]));

        Assert.False(signal.Completion.IsCompleted);
    }

    [Fact]
    public void Signal_GivenUp_IsNoLongerTold()
    {
        var feed = Follow(StreamNode.Alice, Room);
        var signal = feed.Capture(TestInterest.Everything);
        var told = _notifier.Record([Change(Room)]);

        signal.Dispose();
        signal.Dispose();
        _notifier.Wake(told);

        Assert.Equal(0, feed.Waiters);
        Assert.False(signal.Completion.IsCompleted);
    }

    [Fact]
    public void Membership_JoinAndLeave_MovesTheSubscription()
    {
        var feed = Follow(StreamNode.Alice);

        Assert.Empty(_notifier.Record([Change(Room)]));
        Assert.Single(_notifier.Record([Member(joins: true)]));
        Assert.Single(_notifier.Record([Change(Room)]));
        Assert.Single(_notifier.Record([Member(joins: false)]));
        Assert.Empty(_notifier.Record([Change(Room)]));
        Assert.True(feed.TryGetChangedRooms(new(_head - 2), out var rooms));
        Assert.Equal([Room], rooms);
    }

    [Fact]
    public void Membership_WithinOneBatch_CountsFromItsOwnPosition()
    {
        Follow(StreamNode.Alice);

        var told = _notifier.Record(
            [Change(Room), Member(joins: true), Change(Room), Member(joins: false), Change(Room)]);

        Assert.Equal(3, told.Count);
    }

    [Fact]
    public void ChangedRooms_AreThoseAfterThePosition()
    {
        var feed = Follow(StreamNode.Alice, Room, Elsewhere);
        var start = new StreamPosition(_head);
        _notifier.Record([Change(Room), Change(Elsewhere), Change(Room)]);

        Assert.Equal([Room, Elsewhere], Changed(start));
        Assert.Equal([Room, Elsewhere], Changed(start.Next));
        Assert.Equal([Room], Changed(start.Next.Next));
        Assert.Empty(Changed(new(_head)));
        Assert.False(feed.TryGetChangedRooms(start.Previous, out _));

        List<RoomId> Changed(StreamPosition after) => feed.TryGetChangedRooms(after, out var rooms) ? rooms : null!;
    }

    [Fact]
    public void Feed_IdleForTwoSweeps_IsDroppedAndComesBack()
    {
        var idle = Follow(StreamNode.Alice, Room);
        var used = Follow(UserId.Parse("@bob:test"), Room);
        var waiting = Follow(UserId.Parse("@carol:test"), Room);
        using var signal = waiting.Capture(TestInterest.Everything);

        Assert.Empty(_notifier.DropIdleFeeds());
        Assert.Equal(3, _notifier.Record([Change(Room)]).Count);
        Assert.Same(used, Follow(used.UserId));
        _notifier.Unsubscribe(_notifier.DropIdleFeeds(), _notifier.Rooms());

        Assert.Equal([used, waiting], _notifier.Record([Change(Room)]).Select(told => told.Feed));
        var again = Follow(StreamNode.Alice, Room);
        Assert.NotSame(idle, again);
        Assert.False(again.TryGetChangedRooms(new(_head - 1), out _));
        Assert.Equal(3, _notifier.Record([Change(Room)]).Count);
    }

    [Fact]
    public void Follow_WhenTheRoomsAreNotLoaded_StartsNoFeed() =>
        Assert.Null(_notifier.Follow(StreamNode.Alice, View(), _ => null));

    [Fact]
    public void Changes_ThatMayWait_WakeTogetherWhenTheFirstOfThemIsDue()
    {
        var second = TimeSpan.FromSeconds(1);
        using var signal = Follow(StreamNode.Alice, Room).Capture(TestInterest.Everything);

        for (var i = 0; i < 3; i++)
        {
            Assert.False(signal.Completion.IsCompleted);
            _notifier.Wake(_notifier.Record([Change(Room, within: 3 * second)]));
            _time.Advance(second);
        }

        Assert.True(signal.Completion.IsCompleted);
    }

    [Fact]
    public void Change_ThatMayNotWait_DoesNotWaitForThoseThatMay()
    {
        using var signal = Follow(StreamNode.Alice, Room).Capture(TestInterest.Everything);

        _notifier.Wake(_notifier.Record([Change(Room, within: TimeSpan.FromSeconds(1)), Change(Room)]));

        Assert.True(signal.Completion.IsCompleted);
    }

    private UserFeed Follow(UserId user, params RoomId[] rooms) => _notifier.Follow(user, View(), _ => rooms)!;

    private LiveView View() => new(new(_head), []);

    private TestChange Change(RoomId room, ChangeKinds kind = ChangeKinds.Events, TimeSpan within = default) =>
        new(room, StreamNode.Alice, 0) { Kinds = kind, Position = new(++_head), Delay = within };

    private TestChange Member(bool joins) =>
        new(Room, StreamNode.Alice, 0) { Member = StreamNode.Alice, Joined = joins, Position = new(++_head) };
}
