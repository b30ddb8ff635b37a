using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.Tests.Streams;

public sealed class ChangeLogTests
{
    private static readonly StreamPosition Start = new(100);

    [Fact]
    public void Read_BeforeItBegan_IsRefused()
    {
        var log = Begun();

        Assert.False(log.TryRead(new(Start.Previous, Start), out _));
        Assert.False(new ChangeLog().TryRead(new(StreamPosition.Zero, Start), out _));
    }

    [Fact]
    public void Read_InRange_GivesWhatLiesInIt()
    {
        var log = Begun();
        log.Append([.. Changes(101, 10)]);

        Assert.True(log.TryRead(new(new(103), new(106)), out var page));
        Assert.Equal([104, 105, 106], page.Changes.Select(change => change.Position.Value));
        Assert.Equal(106, page.Through.Value);
    }

    [Fact]
    public void Read_OfMoreThanALimit_EndsWithTheLastChangeGiven()
    {
        var log = Begun();
        log.Append([.. Changes(101, 10)]);

        Assert.True(log.TryRead(new(Start, new(110)) { Limit = 4 }, out var page));
        Assert.Equal([101, 102, 103, 104], page.Changes.Select(change => change.Position.Value));
        Assert.Equal(104, page.Through.Value);
    }

    [Fact]
    public void Read_WhereNothingHappened_MovesOn()
    {
        var log = Begun();
        log.Append([.. Changes(101, 1)]);

        Assert.True(log.TryRead(new(new(101), new(500)), out var page));
        Assert.Empty(page.Changes);
        Assert.Equal(500, page.Through.Value);
    }

    [Fact]
    public void Append_OfMoreThanItHolds_KeepsTheLatest()
    {
        var log = Begun();
        log.Append([.. Changes(101, 10)]);
        log.Append([.. Changes(111, StreamLimits.LogCapacity)]);

        Assert.False(log.TryRead(new(new(109), new(200)), out _));
        Assert.True(log.TryRead(new(new(110), new(112)), out var page));
        Assert.Equal([111, 112], page.Changes.Select(change => change.Position.Value));
    }

    [Fact]
    public void Append_OfAnAmendment_ReplacesTheChange()
    {
        var log = Begun();
        log.Append([.. Changes(101, 3)]);
        log.Append([new Amendment(Change(102, number: -1)) { Position = new(104) }]);

        Assert.True(log.TryRead(new(Start, new(104)), out var page));
        Assert.Equal([101, 102, 103, 104], page.Changes.Select(change => change.Position.Value));
        Assert.Equal([101, -1, 103], page.Changes.OfType<TestChange>().Select(change => change.Number));
    }

    [Fact]
    public void Append_OfAnAmendmentOfWhatIsGone_ChangesNothing()
    {
        var log = Begun();
        log.Append([.. Changes(101, 3)]);
        log.Append([new Amendment(Change(99, number: -1)) { Position = new(104) }]);

        Assert.True(log.TryRead(new(Start, new(103)), out var page));
        Assert.Equal([101, 102, 103], page.Changes.Cast<TestChange>().Select(change => change.Number));
    }

    [Fact]
    public async Task Wake_AfterACapture_EndsTheWait()
    {
        var log = Begun();
        var signals = Enumerable.Range(0, 3).Select(_ => log.Capture()).ToList();

        Assert.DoesNotContain(signals, signal => signal.IsCompleted);
        log.Wake();

        await Task.WhenAll(signals);
        Assert.False(log.Capture().IsCompleted);
    }

    private static ChangeLog Begun()
    {
        var log = new ChangeLog();
        log.Begin(Start);
        return log;
    }

    private static IEnumerable<TestChange> Changes(long first, int count) =>
        Enumerable.Range(0, count).Select(index => Change(first + index, first + index));

    private static TestChange Change(long position, long number) =>
        new(StreamNode.Room, StreamNode.Alice, number) { Position = new(position) };

    private sealed class Amendment(StreamChange amended) : StreamChange
    {
        public override ChangeKinds Kind => ChangeKinds.Events;

        public override StreamChange? Amends => amended;
    }
}
