using System.Text.Json;
using Matrix.Realtime.Filters;
using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.Tests.Filters;

// FLT-9 to FLT-12, FLT-18
public sealed class EventFilterTests
{
    private static readonly UserId Alice = UserId.Parse("@alice:localhost");
    private static readonly UserId Bob = UserId.Parse("@bob:localhost");

    [Fact]
    public void Allows_ListedAndExcluded_ExclusionWins()
    {
        var filter = Timeline(
            """
            {
              "types": ["a", "b"], "not_types": ["b"],
              "senders": ["@alice:localhost", "@bob:localhost"], "not_senders": ["@bob:localhost"],
              "rooms": ["!one:localhost", "!two:localhost"], "not_rooms": ["!two:localhost"]
            }
            """);

        Assert.True(filter.Allows("a", Alice));
        Assert.False(filter.Allows("b", Alice));
        Assert.False(filter.Allows("c", Alice));
        Assert.False(filter.Allows("a", Bob));
        Assert.True(filter.AllowsRoom(RoomId.Parse("!one:localhost")));
        Assert.False(filter.AllowsRoom(RoomId.Parse("!two:localhost")));
        Assert.False(filter.AllowsRoom(RoomId.Parse("!three:localhost")));
    }

    [Fact]
    public void Allows_OnlyExclusions_LetsTheRestPass()
    {
        var filter = Timeline("""{ "not_types": ["a"], "not_senders": ["@bob:localhost"] }""");

        Assert.True(filter.Allows("b", Alice));
        Assert.False(filter.Allows("a", Alice));
        Assert.False(filter.Allows("b", Bob));
    }

    [Theory]
    [InlineData("""{ "types": [] }""")]
    [InlineData("""{ "senders": [] }""")]
    [InlineData("""{ "rooms": [] }""")]
    [InlineData("""{ "not_types": ["*"] }""")]
    [InlineData("""{ "not_types": ["**"] }""")]
    [InlineData("""{ "senders": ["@bob:localhost"], "not_senders": ["@bob:localhost"] }""")]
    public void AllowsNothing_NothingCanPass_IsTrue(string section) => Assert.True(Timeline(section).AllowsNothing);

    [Theory]
    [InlineData("{}")]
    [InlineData("""{ "types": ["*"] }""")]
    [InlineData("""{ "types": ["m.typing"], "not_types": ["m.*.x"] }""")]
    [InlineData("""{ "limit": 0 }""")]
    public void AllowsNothing_SomethingMayPass_IsFalse(string section) => Assert.False(Timeline(section).AllowsNothing);

    [Fact]
    public void Allows_EmptyTypes_RefusesEveryType() => Assert.False(Timeline("""{ "types": [] }""").Allows("a", Alice));

    [Theory]
    [InlineData("m.room.*", "m.room.message", true)]
    [InlineData("m.room.*", "m.room.", true)]
    [InlineData("m.room.*", "m.reaction", false)]
    [InlineData("*.message", "m.room.message", true)]
    [InlineData("m.*.message", "m.room.message", true)]
    [InlineData("m.*.message", "m.message", false)]
    [InlineData("*o*m*", "m.room.message", true)]
    [InlineData("*ab*ab*", "xabyab", true)]
    [InlineData("*ab*ab*", "xab", false)]
    [InlineData("a*a", "a", false)]
    [InlineData("a**b", "ab", true)]
    [InlineData("*", "", true)]
    [InlineData("m.room.message", "M.ROOM.MESSAGE", false)]
    [InlineData("m.room?message", "m.room.message", false)]
    [InlineData("m.room.(*", "m.room.(x", true)]
    public void AllowsType_Wildcard_MatchesAnyRunOfCharacters(string pattern, string type, bool expected)
    {
        Assert.Equal(expected, Timeline($$"""{ "types": ["{{pattern}}"] }""").AllowsType(type));
        Assert.Equal(!expected, Timeline($$"""{ "not_types": ["{{pattern}}"] }""").AllowsType(type));
    }

    [Fact]
    public void AllowsType_SenderFilter_IsNotAsked() =>
        Assert.True(Timeline("""{ "senders": ["@alice:localhost"] }""").AllowsType("m.typing"));

    [Theory]
    [InlineData("true", """{ "url": "mxc://localhost/a" }""", true)]
    [InlineData("true", """{ "body": "a" }""", false)]
    [InlineData("false", """{ "url": "mxc://localhost/a" }""", false)]
    [InlineData("false", """{ "body": "a" }""", true)]
    public void Allows_ContainsUrl_LooksAtContent(string containsUrl, string content, bool expected) =>
        Assert.Equal(
            expected,
            Timeline($$"""{ "contains_url": {{containsUrl}} }""").Allows("m.x", Alice, JsonElement.Parse(content)));

    private static RoomEventFilter Timeline(string section) =>
        FilterParser.Parse(JsonElement.Parse($$"""{ "room": { "timeline": {{section}} } }""")).Room.Timeline;
}
