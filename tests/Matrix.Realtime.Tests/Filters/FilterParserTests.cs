using System.Text.Json;
using Matrix.Realtime.Errors;
using Matrix.Realtime.Filters;
using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.Tests.Filters;

// FLT-3 to FLT-8, FLT-13, NOT-14, SYN-46
public sealed class FilterParserTests
{
    private static readonly UserId Alice = UserId.Parse("@alice:localhost");

    [Fact]
    public void Parse_EmptyDefinition_AllowsEverything()
    {
        var filter = Parse("{}");

        Assert.True(filter.Presence.Allows("m.presence", Alice));
        Assert.True(filter.AccountData.AllowsType("m.direct"));
        Assert.True(filter.Room.Allows(RoomId.Parse("!room:localhost")));
        Assert.True(filter.Room.Timeline.Allows("m.room.message", Alice));
        Assert.Null(filter.Room.Timeline.Limit);
        Assert.Null(filter.EventFields);
        Assert.Equal(EventFormat.Client, filter.EventFormat);
        Assert.False(filter.Room.IncludeLeave);
        Assert.False(filter.Room.State.LazyLoadMembers);
        Assert.False(filter.Room.UnreadThreadNotifications);
    }

    [Fact]
    public void Parse_FullDefinition_ReadsEveryField()
    {
        var filter = Parse(
            """
            {
              "event_fields": ["type", "content.body"],
              "event_format": "federation",
              "presence": { "not_senders": ["@alice:localhost"], "limit": 3 },
              "account_data": { "types": ["m.direct"] },
              "room": {
                "rooms": ["!one:localhost", "!two"],
                "not_rooms": ["!two"],
                "include_leave": true,
                "ephemeral": { "not_types": ["m.receipt"] },
                "state": { "lazy_load_members": true, "include_redundant_members": true },
                "timeline": { "limit": 7, "contains_url": true, "unread_thread_notifications": true },
                "account_data": { "rooms": ["!one:localhost"] }
              }
            }
            """);

        Assert.Equal(3, filter.EventFields?.NameCount);
        Assert.Equal(EventFormat.Federation, filter.EventFormat);
        Assert.False(filter.Presence.Allows("m.presence", Alice));
        Assert.Equal(3, filter.Presence.Limit);
        Assert.False(filter.AccountData.AllowsType("m.push_rules"));
        Assert.True(filter.Room.Allows(RoomId.Parse("!one:localhost")));
        Assert.False(filter.Room.Allows(RoomId.Parse("!two")));
        Assert.True(filter.Room.IncludeLeave);
        Assert.False(filter.Room.Ephemeral.AllowsType("m.receipt"));
        Assert.True(filter.Room.State.LazyLoadMembers);
        Assert.True(filter.Room.State.IncludeRedundantMembers);
        Assert.Equal(7, filter.Room.Timeline.Limit);
        Assert.True(filter.Room.Timeline.ContainsUrl);
        Assert.True(filter.Room.UnreadThreadNotifications);
        Assert.False(filter.Room.AccountData.AllowsRoom(RoomId.Parse("!two")));
    }

    [Theory]
    [InlineData("""{ "presence": "none" }""")]
    [InlineData("""{ "account_data": [] }""")]
    [InlineData("""{ "room": null }""")]
    [InlineData("""{ "room": { "timeline": "none" } }""")]
    [InlineData("""{ "room": { "state": 1 } }""")]
    [InlineData("""{ "room": { "ephemeral": true } }""")]
    [InlineData("""{ "room": { "account_data": [] } }""")]
    public void Parse_SectionIsNotAnObject_RefusesDefinition(string definition) => AssertRefused(definition);

    [Theory]
    [InlineData("types", """ "m.room.message" """)]
    [InlineData("types", "[1]")]
    [InlineData("types", "null")]
    [InlineData("not_types", "{}")]
    [InlineData("not_types", """["m.room.message", {}]""")]
    [InlineData("senders", """["alice"]""")]
    [InlineData("senders", """["@alice"]""")]
    [InlineData("not_senders", """ "@alice:localhost" """)]
    [InlineData("rooms", """["room"]""")]
    [InlineData("not_rooms", """["#room:localhost"]""")]
    [InlineData("limit", "-1")]
    [InlineData("limit", "1.5")]
    [InlineData("limit", """ "10" """)]
    [InlineData("lazy_load_members", """ "true" """)]
    [InlineData("lazy_load_members", "1")]
    [InlineData("include_redundant_members", "null")]
    [InlineData("unread_thread_notifications", "0")]
    [InlineData("contains_url", """ "yes" """)]
    public void Parse_MemberOfSectionHasWrongType_RefusesDefinition(string name, string value) =>
        AssertRefused($$"""{ "room": { "timeline": { "{{name}}": {{value}} } } }""");

    [Theory]
    [InlineData("""{ "room": { "rooms": "!room:localhost" } }""")]
    [InlineData("""{ "room": { "not_rooms": ["@alice:localhost"] } }""")]
    [InlineData("""{ "room": { "include_leave": "yes" } }""")]
    [InlineData("""{ "event_fields": "type" }""")]
    [InlineData("""{ "event_fields": [1] }""")]
    [InlineData("""{ "event_format": "xml" }""")]
    [InlineData("""{ "presence": { "senders": ["alice"] } }""")]
    [InlineData("[]")]
    public void Parse_OtherMemberHasWrongType_RefusesDefinition(string definition) => AssertRefused(definition);

    [Fact]
    public void Parse_UnknownMembers_PassesThemOver()
    {
        var filter = Parse(
            """{ "org.example": 0.5, "room": { "x": [], "timeline": { "org.example.rel_types": 1, "limit": 5 } } }""");

        Assert.Equal(5, filter.Room.Timeline.Limit);
    }

    [Theory]
    [InlineData("0", 0)]
    [InlineData("1", 1)]
    [InlineData("99999999999", int.MaxValue)]
    public void Parse_Limit_IsReadOrCutToWhatCanBeCounted(string limit, int expected) =>
        Assert.Equal(expected, Parse($$"""{ "room": { "timeline": { "limit": {{limit}} } } }""").Room.Timeline.Limit);

    private static SyncFilter Parse(string definition) => FilterParser.Parse(JsonElement.Parse(definition));

    private static void AssertRefused(string definition)
    {
        var refusal = Assert.Throws<MatrixException>(() => Parse(definition));
        Assert.Equal(MatrixErrorCodes.BadJson, refusal.ErrorCode);
    }
}
