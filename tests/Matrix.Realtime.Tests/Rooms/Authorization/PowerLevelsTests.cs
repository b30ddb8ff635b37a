using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.Authorization;

namespace Matrix.Realtime.Tests.Rooms.Authorization;

/// <summary>Looking power levels up, and what holds where the event says nothing.</summary>
public sealed class PowerLevelsTests
{
    [Theory]
    [InlineData("10", 100)]
    [InlineData("11", 100)]
    [InlineData("12", PowerLevels.Infinite)]
    public void Of_NoEvent_RaisesTheCreatorOnly(string version, long creatorLevel)
    {
        var levels = Levels(new TestRoom(version));

        Assert.Equal(creatorLevel, levels.Of(UserId.Parse(TestRoom.Creator)));
        Assert.Equal(0, levels.Of(UserId.Parse("@a:b")));
        Assert.Equal((0, 50, 50, 50), (levels.Invite, levels.Kick, levels.Ban, levels.Redact));
        Assert.Equal((0, 50), (levels.ToSend("t", isState: false), levels.ToSend("t", isState: true)));
        Assert.Equal(50, levels.ToNotify("room"));
    }

    [Fact]
    public void Of_Event_IsReadFromIt()
    {
        var levels = Levels(new TestRoom("11").SetPowerLevels("""
            {"users":{"@a:b":7,"@bad:b":null},"users_default":3,"events":{"t":9},"notifications":{"room":4},"kick":1,
             "events_default":2}
            """));

        Assert.Equal(7, levels.Of(UserId.Parse("@a:b")));
        Assert.Equal(3, levels.Of(UserId.Parse("@bad:b")));
        Assert.Equal(3, levels.Of(UserId.Parse(TestRoom.Creator)));
        Assert.Equal((9, 2, 50), (levels.ToSend("t", true), levels.ToSend("u", false), levels.ToSend("u", true)));
        Assert.Equal((4, 1), (levels.ToNotify("room"), levels.Kick));
    }

    [Fact]
    public void Of_AdditionalCreators_AreInfiniteFromVersion12()
    {
        const string create = """{"creator":"@creator:domain","additional_creators":["@second:domain",5]}""";
        var second = UserId.Parse("@second:domain");

        Assert.Equal(PowerLevels.Infinite, Levels(new TestRoom("12", create)).Of(second));
        Assert.Equal(0, Levels(new TestRoom("11", create)).Of(second));
    }

    [Fact]
    public void Of_MalformedEvent_GivesDefaults()
    {
        var levels = Levels(new TestRoom("11").SetPowerLevels("""{"users":[],"events":1,"ban":"x"}"""));

        Assert.Equal((0, 50, 0), (levels.Of(UserId.Parse("@a:b")), levels.Ban, levels.ToSend("t", isState: false)));
    }

    private static PowerLevels Levels(TestRoom room) => PowerLevels.Of(room.Version, room);
}
