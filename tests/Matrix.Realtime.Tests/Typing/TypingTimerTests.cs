using Matrix.Realtime.Typing;
using Microsoft.Extensions.Time.Testing;

namespace Matrix.Realtime.Tests.Typing;

public sealed class TypingTimerTests
{
    private readonly FakeTimeProvider _time = new();
    private int _fired;

    [Fact]
    public void Timer_AtItsDeadline_FiresOnce()
    {
        using var timer = Start(seconds: 5);

        Pass(seconds: 4);
        Assert.Equal(0, _fired);
        Pass(seconds: 1);
        Pass(seconds: 60);

        Assert.Equal(1, _fired);
    }

    [Fact]
    public void Timer_WhoseDeadlineHasPassed_FiresAtOnce()
    {
        using var timer = Start(seconds: -1);
        Pass(seconds: 0);

        Assert.Equal(1, _fired);
    }

    [Fact]
    public void Renewal_AfterTheTimerFired_PreventsTheEnd()
    {
        using var timer = Start(seconds: 5);
        Pass(seconds: 5);

        Assert.True(timer.TryRenew(In(seconds: 5)));

        Assert.False(timer.TryBeginExpiry());
        Pass(seconds: 5);
        Assert.Equal(2, _fired);
        Assert.True(timer.TryBeginExpiry());
    }

    [Fact]
    public void Renewal_OnceAnEndIsBeingDecided_IsRefused()
    {
        using var expiring = Start(seconds: 5);
        using var stopping = Start(seconds: 60);
        Pass(seconds: 5);

        Assert.True(expiring.TryBeginExpiry());
        stopping.BeginEnd();

        Assert.False(expiring.TryRenew(In(seconds: 5)));
        Assert.False(stopping.TryRenew(In(seconds: 5)));
        stopping.Restart(In(seconds: 5));
        Assert.True(stopping.TryRenew(In(seconds: 5)));
    }

    [Fact]
    public void End_ThatDidNotComeAbout_LeavesTheDeadlineToFire()
    {
        using var timer = Start(seconds: 5);
        timer.BeginEnd();

        Assert.False(timer.TryBeginExpiry());
        Pass(seconds: 5);

        Assert.Equal(1, _fired);
        Assert.True(timer.TryBeginExpiry());
    }

    [Fact]
    public void Start_DecidedBeforeTheExpiry_PreventsItAndStillRefusesRenewals()
    {
        using var timer = Start(seconds: 5);
        timer.BeginEnd();
        Pass(seconds: 5);

        timer.Postpone(In(seconds: 60));

        Assert.False(timer.TryBeginExpiry());
        Assert.False(timer.TryRenew(In(seconds: 5)));
    }

    [Fact]
    public void Retry_OfAFailedExpiry_FiresLaterAndRefusesRenewalsUntilThen()
    {
        using var timer = Start(seconds: 5);
        Pass(seconds: 5);
        timer.TryBeginExpiry();

        timer.Retry(In(seconds: 1));

        Assert.False(timer.TryRenew(In(seconds: 60)));
        Pass(seconds: 1);
        Assert.Equal(2, _fired);
    }

    [Fact]
    public void Retry_AfterTheTypingStartedOver_LeavesItsDeadlineAlone()
    {
        using var timer = Start(seconds: 5);
        Pass(seconds: 5);
        timer.TryBeginExpiry();
        timer.Restart(In(seconds: 60));

        timer.Retry(In(seconds: 1));

        Pass(seconds: 59);
        Assert.Equal(1, _fired);
        Assert.True(timer.TryRenew(In(seconds: 60)));
    }

    private TypingTimer Start(int seconds) => new(In(seconds), _time, _ => _fired++);

    private DateTimeOffset In(int seconds) => _time.GetUtcNow() + TimeSpan.FromSeconds(seconds);

    private void Pass(int seconds) => _time.Advance(TimeSpan.FromSeconds(seconds));
}
