using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.Authorization;
using Matrix.Realtime.Rooms.Events;

namespace Matrix.Realtime.Tests.Rooms.Authorization;

/// <summary>Server-server API, "Auth events selection".</summary>
public sealed class AuthEventSelectorTests
{
    private const string Via = """{"membership":"join","join_authorised_via_users_server":"@v:d"}""";

    [Theory]
    [InlineData("m.room.message", null, "{}", "")]
    [InlineData("m.room.topic", "", "{}", "")]
    [InlineData("m.room.member", "@a:d", """{"membership":"join"}""", " join_rules/")]
    [InlineData("m.room.member", "@a:d", Via, " join_rules/ member/@v:d")]
    [InlineData("m.room.member", "@b:d", """{"membership":"invite"}""", " member/@b:d join_rules/")]
    [InlineData("m.room.member", "@a:d", """{"membership":"knock"}""", " join_rules/")]
    [InlineData("m.room.member", "@a:d", """{"membership":"leave"}""", "")]
    [InlineData("m.room.member", "@b:d", """{"membership":"ban"}""", " member/@b:d")]
    [InlineData("m.room.member", "@b:d", """{"membership":1}""", " member/@b:d")]
    public void Slots_ByEvent_AreThoseOfTheSpecification(string type, string? stateKey, string content, string further)
    {
        Assert.Equal("create/ power_levels/ member/@a:d" + further, Slots("10", type, stateKey, content));
        Assert.Equal("create/ power_levels/ member/@a:d" + further, Slots("11", type, stateKey, content));
        Assert.Equal("power_levels/ member/@a:d" + further, Slots("12", type, stateKey, content));
    }

    [Fact]
    public void Slots_CreateEvent_AreNone() => Assert.Empty(Slots("11", EventTypes.Create, "", "{}"));

    [Fact]
    public void Select_State_NamesOnlyWhatTheRoomHas()
    {
        var room = new TestRoom("11").SetJoinRule("public");
        var creator = UserId.Parse(TestRoom.Creator);
        var content = TestRoom.Json("""{"membership":"join"}""");

        var ids = AuthEventSelector.Select(
            room.Version, room, EventTypes.Member, TestRoom.Creator, creator, content);

        Assert.Equal(
            [
                room.Create.EventId,
                room.Find(EventTypes.Member, TestRoom.Creator)!.EventId,
                room.Find(EventTypes.JoinRules, "")!.EventId,
            ],
            ids);
    }

    private static string Slots(string version, string type, string? stateKey, string content) => string.Join(
        ' ',
        AuthEventSelector
            .Slots(new TestRoom(version).Version, type, stateKey, UserId.Parse("@a:d"), TestRoom.Json(content))
            .Select(slot => $"{slot.Type["m.room.".Length..]}/{slot.StateKey}"));
}
