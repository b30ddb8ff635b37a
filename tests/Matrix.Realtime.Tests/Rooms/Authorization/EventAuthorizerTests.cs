using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.Authorization;
using Matrix.Realtime.Rooms.Events;
using Matrix.Realtime.Tests.Rooms.Events;

namespace Matrix.Realtime.Tests.Rooms.Authorization;

/// <summary>The rules of room version 12 other than those about memberships and power level changes.</summary>
public sealed class EventAuthorizerTests
{
    private const string Alice = "@alice:domain";

    // Rule 1.
    [Theory]
    [InlineData("10", """{"creator":"@creator:domain","room_version":"10"}""", true)]
    [InlineData("10", """{"room_version":"10"}""", false)]
    [InlineData("11", """{"room_version":"11"}""", true)]
    [InlineData("12", """{"room_version":"12","additional_creators":["@a:b"]}""", true)]
    [InlineData("12", """{"room_version":"12","additional_creators":["a"]}""", false)]
    [InlineData("12", """{"room_version":"12","additional_creators":[1]}""", false)]
    [InlineData("12", """{"room_version":"12","additional_creators":"@a:b"}""", false)]
    [InlineData("11", """{"room_version":"11","additional_creators":"@a:b"}""", true)]
    [InlineData("12", """{"room_version":"unheard-of"}""", false)]
    [InlineData("12", """{"room_version":12}""", false)]
    public void Create_ByContent_IsDecided(string version, string content, bool allowed)
    {
        var room = new TestRoom(version);
        var template = TestEvents.Template(room.Version, EventTypes.Create, "", TestRoom.Creator, content);

        Assert.Equal(allowed, room.Allows(template));
        Assert.False(room.Allows(template with { PrevEvents = [EventId.Parse("$previous")] }));
    }

    [Theory]
    [InlineData("10", "!r:elsewhere")]
    [InlineData("11", "!r:elsewhere")]
    [InlineData("11", "!r")]
    [InlineData("12", "!r:domain")]
    public void Create_RoomIdOfOthers_IsRefused(string version, string roomId)
    {
        var room = new TestRoom(version);
        var template = TestEvents.Template(
            room.Version, EventTypes.Create, "", TestRoom.Creator, """{"creator":"@creator:domain"}""");

        Assert.False(room.Allows(template with { RoomId = RoomId.Parse(roomId) }));
    }

    // Rule 2.
    [Theory]
    [InlineData("10")]
    [InlineData("12")]
    public void Event_OfAnotherRoom_IsRefused(string version)
    {
        var room = new TestRoom(version);
        var template = room.Template(EventTypes.Message, null, TestRoom.Creator, "{}");

        Assert.True(room.Allows(template));
        Assert.False(room.Allows(template with { RoomId = RoomId.Parse("!other:domain") }));
    }

    [Fact]
    public void Event_RoomWithoutCreateEvent_IsRefused()
    {
        var room = new TestRoom("12");
        room.Remove(EventTypes.Create);

        Assert.False(room.Allows(room.Template(EventTypes.Message, null, TestRoom.Creator, "{}")));
    }

    // Rule 4.
    [Theory]
    [InlineData("""{"m.federate":false}""", false)]
    [InlineData("""{"m.federate":true}""", true)]
    [InlineData("{}", true)]
    public void Event_FromAnotherServer_NeedsAFederatedRoom(string create, bool allowed)
    {
        var room = new TestRoom("12", create).SetMember("@a:elsewhere", "join").SetMember(Alice, "join");

        Assert.Equal(allowed, room.Allows(room.Template(EventTypes.Message, null, "@a:elsewhere", "{}")));
        Assert.True(room.Allows(room.Template(EventTypes.Message, null, Alice, "{}")));
    }

    // Rule 6.
    [Theory]
    [InlineData("join", true)]
    [InlineData("invite", false)]
    [InlineData("knock", false)]
    [InlineData("leave", false)]
    [InlineData("ban", false)]
    public void Event_ByMembership_IsDecided(string membership, bool allowed)
    {
        var room = new TestRoom("11").SetMember(Alice, membership);

        Assert.Equal(allowed, room.Allows(room.Template(EventTypes.Message, null, Alice, "{}")));
        Assert.False(room.Allows(room.Template(EventTypes.Message, null, "@stranger:domain", "{}")));
    }

    // Rules 7 to 9; Alice has level 10.
    [Theory]
    [InlineData("{}", "m.room.message", null, true)]
    [InlineData("{}", "m.room.topic", "", false)]
    [InlineData("""{"state_default":10}""", "m.room.topic", "", true)]
    [InlineData("""{"events_default":11}""", "m.room.message", null, false)]
    [InlineData("""{"events_default":11,"events":{"m.room.message":10}}""", "m.room.message", null, true)]
    [InlineData("""{"events":{"m.room.topic":10}}""", "m.room.topic", "", true)]
    [InlineData("""{"events":{"m.room.redaction":11},"redact":0}""", "m.room.redaction", null, false)]
    [InlineData("""{"redact":100}""", "m.room.redaction", null, true)]
    [InlineData("""{"state_default":0}""", "x", "@alice:domain", true)]
    [InlineData("""{"state_default":0}""", "x", "@alicia:domain", false)]
    [InlineData("""{"state_default":0}""", "x", "alicia", true)]
    [InlineData("""{"invite":10}""", "m.room.third_party_invite", "token", true)]
    [InlineData("""{"invite":11,"state_default":0}""", "m.room.third_party_invite", "token", false)]
    public void Event_ByPowerLevel_IsDecided(string powerLevels, string type, string? stateKey, bool allowed)
    {
        foreach (var version in (string[])["10", "11", "12"])
        {
            var users = $$"""{"users":{"{{Alice}}":10},""";
            var room = new TestRoom(version).SetMember(Alice, "join")
                .SetPowerLevels((users + powerLevels[1..]).Replace(",}", "}", StringComparison.Ordinal));

            Assert.Equal(allowed, room.Allows(room.Template(type, stateKey, Alice, "{}")));
        }
    }

    [Theory]
    [InlineData("@author:domain", "@author:domain", true)]
    [InlineData("@moderator:domain", "@author:domain", true)]
    [InlineData("@other:domain", "@author:domain", false)]
    public void CanRedact_OwnEventOrEnoughPower_IsAllowed(string redactor, string author, bool allowed)
    {
        var room = new TestRoom("12").SetPowerLevels("""{"redact":30,"users":{"@moderator:domain":30}}""");
        var decided = EventAuthorizer.CanRedact(room.Version, room, UserId.Parse(redactor), UserId.Parse(author));

        Assert.Equal(allowed, decided);
    }
}
