using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Presence;

namespace Matrix.Realtime.Tests.Presence;

/// <summary>The state machine of one user with one to three devices. PRS-10 to PRS-18, PRS-30.</summary>
public sealed class PresentUserTests
{
    private static readonly DeviceId Phone = DeviceId.Parse("PHONE");
    private static readonly DeviceId Tablet = DeviceId.Parse("TABLET");
    private static readonly DeviceId Laptop = DeviceId.Parse("LAPTOP");
    private static readonly PresenceOptions Options = new();

    private readonly PresentUser _user = new(UserId.Parse("@alice:test"), Options);
    private DateTimeOffset _now = DateTimeOffset.Parse("2026-01-01T00:00:00Z");

    [Fact]
    public void Device_ThatPolls_GoesFromActiveOverInactiveToIdle_AndOfflineWhenItStops()
    {
        _user.OpenPoll(Phone, PresenceState.Online, _now);
        Expect(PresenceState.Online, isActive: true);

        Pass(Options.ActiveFor);
        Expect(PresenceState.Online, isActive: false);

        Pass(Options.IdleAfter - Options.ActiveFor);
        Expect(PresenceState.Unavailable);

        _user.ClosePoll(Phone, _now);
        Pass(Options.OfflineAfter);
        Expect(PresenceState.Offline);
        Assert.False(_user.HasDevices);
    }

    [Fact]
    public void Poll_AfterPoll_IsNoActivity()
    {
        _user.OpenPoll(Phone, PresenceState.Online, _now);
        for (var passed = TimeSpan.Zero; passed < Options.IdleAfter; passed += TimeSpan.FromSeconds(30))
        {
            Expect(PresenceState.Online, isActive: passed < Options.ActiveFor);
            _user.ClosePoll(Phone, _now);
            Pass(TimeSpan.FromSeconds(1));
            _user.OpenPoll(Phone, PresenceState.Online, _now);
            Pass(TimeSpan.FromSeconds(29));
        }

        Expect(PresenceState.Unavailable);
    }

    [Fact]
    public void Poll_Open_CountsForItsWholeLength()
    {
        _user.OpenPoll(Phone, PresenceState.Unavailable, _now);

        Pass(TimeSpan.FromHours(1));

        Expect(PresenceState.Unavailable);
        Assert.Null(_user.NextChange(_now));
    }

    [Fact]
    public void Activity_AfterIdle_BringsBackOnline()
    {
        _user.OpenPoll(Phone, PresenceState.Online, _now);
        Pass(Options.IdleAfter);
        Expect(PresenceState.Unavailable);

        _user.Touch(Phone, _now);

        Expect(PresenceState.Online, isActive: true);
    }

    [Fact]
    public void Activity_OfADeviceThatIsNotThere_ShowsNothing()
    {
        _user.Touch(Phone, _now);

        Expect(PresenceState.Offline);
        Assert.Equal(_now, _user.LastActive);
    }

    [Fact]
    public void Poll_ThatSaysOnlineAfterUnavailable_IsActivity()
    {
        _user.OpenPoll(Phone, PresenceState.Unavailable, _now);
        Expect(PresenceState.Unavailable);

        _user.OpenPoll(Phone, PresenceState.Online, _now);

        Expect(PresenceState.Online, isActive: true);
    }

    [Fact]
    public void TwoDevices_TheMoreAvailableCounts()
    {
        _user.OpenPoll(Phone, PresenceState.Unavailable, _now);
        _user.OpenPoll(Laptop, PresenceState.Online, _now);
        Expect(PresenceState.Online, isActive: true);

        _user.ClosePoll(Laptop, _now);
        Expect(PresenceState.Online, isActive: true);
        Pass(Options.OfflineAfter);

        Expect(PresenceState.Unavailable);
    }

    [Fact]
    public void TwoDevices_OneIdle_TheOtherOneKeepsTheUserOnline()
    {
        _user.OpenPoll(Phone, PresenceState.Online, _now);
        _user.OpenPoll(Laptop, PresenceState.Online, _now);
        Pass(Options.IdleAfter - TimeSpan.FromMinutes(1));
        _user.Touch(Laptop, _now);
        Pass(TimeSpan.FromMinutes(2));

        Expect(PresenceState.Online, isActive: false);
        Pass(Options.IdleAfter - TimeSpan.FromMinutes(2));
        Expect(PresenceState.Unavailable);
    }

    [Fact]
    public void ThreeDevices_BusyOverOnlineOverUnavailable()
    {
        _user.OpenPoll(Phone, PresenceState.Unavailable, _now);
        _user.OpenPoll(Tablet, PresenceState.Online, _now);
        _user.OpenPoll(Laptop, PresenceState.Online, _now);
        _user.Declare(Laptop, PresenceState.Busy, _now);
        Expect(PresenceState.Busy);

        Pass(Options.IdleAfter * 2);
        Expect(PresenceState.Busy);

        _user.Touch(Tablet, _now);
        _user.ClosePoll(Laptop, _now);
        Pass(Options.OfflineAfter);
        Expect(PresenceState.Online, isActive: true);

        _user.ClosePoll(Tablet, _now);
        Pass(Options.OfflineAfter);
        Expect(PresenceState.Unavailable);

        _user.ClosePoll(Phone, _now);
        Pass(Options.OfflineAfter);
        Expect(PresenceState.Offline);
    }

    [Fact]
    public void Busy_OutlastsPollsThatSayOtherwise()
    {
        _user.OpenPoll(Phone, PresenceState.Online, _now);
        _user.Declare(Phone, PresenceState.Busy, _now);
        _user.ClosePoll(Phone, _now);

        _user.OpenPoll(Phone, PresenceState.Online, _now);

        Expect(PresenceState.Busy);
    }

    [Fact]
    public void Offline_Declared_HidesUntilTheNextPollThatCounts()
    {
        _user.OpenPoll(Phone, PresenceState.Online, _now);
        _user.Declare(Phone, PresenceState.Offline, _now);
        _user.Touch(Phone, _now);
        Expect(PresenceState.Offline);

        _user.OpenPoll(Phone, PresenceState.Online, _now);

        Expect(PresenceState.Online, isActive: true);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    public void Restart_TheClientComesBackInTime_NothingIsSeenToChange(int minutesInactive)
    {
        _user.OpenPoll(Phone, PresenceState.Online, _now);
        Pass(TimeSpan.FromMinutes(minutesInactive));
        var before = _user.Assess(_now);
        var restarted = new PresentUser(_user.UserId, Options);

        restarted.Restore(Stored(), _now);
        Assert.Equal(before, restarted.Assess(_now));
        Pass(Options.OfflineAfter / 2);
        restarted.OpenPoll(Phone, PresenceState.Online, _now);

        Assert.Equal(before, restarted.Assess(_now));
        Pass(Options.OfflineAfter);
        Assert.Equal(before.State, restarted.Assess(_now).State);
    }

    [Fact]
    public void Restart_TheClientStaysAway_NobodyIsLeftOnline()
    {
        _user.OpenPoll(Phone, PresenceState.Online, _now);
        var restarted = new PresentUser(_user.UserId, Options);

        restarted.Restore(Stored(), _now);
        Assert.Equal(_now + Options.OfflineAfter, restarted.NextChange(_now));
        Pass(Options.OfflineAfter);

        Assert.Equal(PresenceState.Offline, restarted.Assess(_now).State);
    }

    private UserPresence Stored()
    {
        var seen = _user.Assess(_now);
        return new UserPresence
        {
            UserId = _user.UserId,
            Position = new(1),
            State = seen.State,
            CurrentlyActive = seen.CurrentlyActive,
            LastActiveTs = _user.LastActive.ToUnixTimeMilliseconds(),
        };
    }

    /// <summary>Lets time pass, and holds the user to what they said would not change before.</summary>
    private void Pass(TimeSpan time)
    {
        var end = _now + time;
        while (_user.NextChange(_now) is { } next && next > _now && next < end)
        {
            var before = _user.Assess(_now);
            Assert.Equal(before, _user.Assess(next - TimeSpan.FromMilliseconds(1)));
            _now = next;
        }

        _now = end;
    }

    private void Expect(PresenceState state, bool isActive = false) =>
        Assert.Equal(new SeenPresence(state, isActive), _user.Assess(_now));
}
