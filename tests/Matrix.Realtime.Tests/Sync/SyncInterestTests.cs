using Matrix.Realtime.Filters;
using Matrix.Realtime.Http;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.State;
using Matrix.Realtime.Rooms.Versions;
using Matrix.Realtime.Sync;
using Matrix.Realtime.Tests.Rooms.Events;
using Matrix.Realtime.Typing;

namespace Matrix.Realtime.Tests.Sync;

/// <summary>Whom a waiting sync is not even woken for: SYN-15, SYN-81.</summary>
public sealed class SyncInterestTests
{
    private static readonly UserId Alice = UserId.Parse("@alice:domain");
    private static readonly UserId Bob = UserId.Parse("@bob:domain");

    private static readonly Requester Phone = new(Alice, DeviceId.Parse("PHONE"));

    private readonly HashSet<UserId> _ignored = [];
    private readonly SyncInterest _interest;

    public SyncInterestTests() => _interest = new SyncInterest(Phone, SyncFilter.Default, _ignored.Contains);

    [Fact]
    public void Typing_IsWantedUnlessItsTypistIsIgnoredByNow()
    {
        var typing = new TypingChange(TestEvents.Room, Bob, isTyping: true);

        Assert.True(_interest.Wants(typing));
        _ignored.Add(Bob);
        Assert.False(_interest.Wants(typing));
        _ignored.Clear();
        Assert.True(_interest.Wants(typing));
    }

    [Theory]
    [InlineData("m.room.message", null, """{"body":"hello"}""", false)]
    [InlineData("m.room.topic", "", """{"topic":"tea"}""", true)]
    [InlineData("m.room.member", "@alice:domain", """{"membership":"invite"}""", true)]
    public void Event_OfIgnoredUser_IsWantedWhenItIsState(string type, string? stateKey, string content, bool wanted)
    {
        var template = TestEvents.Template(RoomVersion.V12, type, stateKey, Bob.Value, content);
        var change = new RoomEventChange(RoomVersion.V12, template.Build(TestEvents.Key));

        Assert.True(_interest.Wants(change));
        _ignored.Add(Bob);
        Assert.Equal(wanted, _interest.Wants(change));
    }
}
