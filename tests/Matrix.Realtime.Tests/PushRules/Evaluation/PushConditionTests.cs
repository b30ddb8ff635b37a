using System.Text.Json;

namespace Matrix.Realtime.Tests.PushRules.Evaluation;

public sealed class PushConditionTests
{
    // NOT-25
    [Theory]
    [InlineData("content.topic", "lunc?*", "Lunch plans", true)]
    [InlineData("content.topic", "lunc?*", "LUNCH", true)]
    [InlineData("content.topic", "lunc?*", " lunch", false)]
    [InlineData("content.topic", "lunc?*", "lunc", false)]
    [InlineData("content.topic", "", "", true)]
    [InlineData("content.topic", "", "x", false)]
    [InlineData("content.topic", "?", "😀", true)]
    [InlineData("content.topic", "a.c", "abc", false)]
    [InlineData("content.topic", "É*", "école", true)]
    [InlineData("content.body", "ex*ple", "An example event.", true)]
    [InlineData("content.body", "ex*ple", "exple", true)]
    [InlineData("content.body", "ex*ple", "An exciting triple-whammy", true)]
    [InlineData("content.body", "ex*ple", "An examples", false)]
    [InlineData("content.body", "ex*ple", "An rexample", false)]
    [InlineData("content.body", "cake", "CAKE!", true)]
    [InlineData("content.body", "cake", "cake_lie", false)]
    [InlineData("content.body", "cake", "cake2", false)]
    [InlineData("content.body", "cake", "pancake cake", true)]
    [InlineData("content.body", "cake", "écakeé", true)]
    [InlineData("content.body", "@room", "hey @room, listen", true)]
    [InlineData("content.body", "@room", "hey @rooms", false)]
    [InlineData("content.body", "c?ke", "the c*ke", true)]
    public void EventMatch_LikeItsPattern_Matches(string key, string pattern, string value, bool matches)
    {
        var name = key["content.".Length..];
        var pushEvent = PushEvents.Event("m.test", JsonSerializer.Serialize(
            new Dictionary<string, string> { [name] = value }));

        Assert.Equal(matches, PushEvents.Holds(Condition("event_match", key, "pattern", pattern), pushEvent));
    }

    // NOT-25
    [Theory]
    [InlineData("content.null")]
    [InlineData("content.number")]
    [InlineData("content.list")]
    [InlineData("content.absent")]
    [InlineData("content.body")]
    [InlineData("content")]
    [InlineData("state_key")]
    [InlineData("content.text.deeper")]
    [InlineData("type.deeper")]
    public void EventMatch_PropertyIsNoText_NeverMatches(string key)
    {
        var pushEvent = PushEvents.Event("m.test", """{"null":null,"number":1,"list":["x"],"body":{},"text":"x"}""");

        Assert.False(PushEvents.Holds(Condition("event_match", key, "pattern", "*"), pushEvent));
    }

    [Theory]
    [InlineData("type", "m.te*")]
    [InlineData("sender", "@bob:*")]
    [InlineData("room_id", "!room:localhost")]
    [InlineData("event_id", "$event")]
    [InlineData("state_key", "")]
    public void EventMatch_BesideContent_Matches(string key, string pattern) => Assert.True(PushEvents.Holds(
        Condition("event_match", key, "pattern", pattern), PushEvents.Event("m.test", "{}", stateKey: "")));

    // NOT-27
    [Theory]
    [InlineData("""content.m\\.relates_to.rel_type""", true)]
    [InlineData("""content.m.relates_to.rel_type""", false)]
    [InlineData("""content.back\\\\slash""", true)]
    [InlineData("""content.odd\\x""", true)]
    [InlineData("""content.end\\""", true)]
    public void Key_WithEscapes_FindsTheProperty(string key, bool found)
    {
        var pushEvent = PushEvents.Event(
            "m.test", """{"m.relates_to":{"rel_type":"x"},"back\\slash":"x","odd\\x":"x","end\\":"x"}""");

        Assert.Equal(
            found, PushEvents.Holds($$"""{"kind":"event_property_is","key":"{{key}}","value":"x"}""", pushEvent));
    }

    // NOT-26
    [Theory]
    [InlineData("true", "true", true)]
    [InlineData("true", "\"true\"", false)]
    [InlineData("true", "1", false)]
    [InlineData("1", "1", true)]
    [InlineData("1", "\"1\"", false)]
    [InlineData("null", "null", true)]
    [InlineData("null", "false", false)]
    [InlineData("\"x\"", "\"x\"", true)]
    [InlineData("\"x\"", "\"X\"", false)]
    [InlineData("\"x\"", "\"x*\"", false)]
    [InlineData("9007199254740991", "9007199254740991", true)]
    [InlineData("9007199254740992", "9007199254740992", false)]
    [InlineData("[1]", "[1]", false)]
    [InlineData("{}", "{}", false)]
    public void EventProperty_SameScalar_MatchesWithoutCasting(string value, string wanted, bool matches)
    {
        var pushEvent = PushEvents.Event("m.test", $$"""{"one":{{value}},"many":[[],{{value}}]}""");

        Assert.Equal(matches, PushEvents.Holds(
            $$"""{"kind":"event_property_is","key":"content.one","value":{{wanted}}}""", pushEvent));
        Assert.Equal(matches, PushEvents.Holds(
            $$"""{"kind":"event_property_contains","key":"content.many","value":{{wanted}}}""", pushEvent));
        Assert.False(PushEvents.Holds(
            $$"""{"kind":"event_property_contains","key":"content.one","value":{{wanted}}}""", pushEvent));
        Assert.False(PushEvents.Holds(
            $$"""{"kind":"event_property_is","key":"content.absent","value":{{wanted}}}""", pushEvent));
    }

    // NOT-24
    [Theory]
    [InlineData("3", true)]
    [InlineData("==3", true)]
    [InlineData("2", false)]
    [InlineData("<3", false)]
    [InlineData("<=3", true)]
    [InlineData(">2", true)]
    [InlineData(">3", false)]
    [InlineData(">=3", true)]
    [InlineData("=3", false)]
    [InlineData(">=<3", false)]
    [InlineData("> 2", false)]
    [InlineData("-3", false)]
    [InlineData("", false)]
    [InlineData("three", false)]
    public void RoomMemberCount_OfThreeMembers_ComparesAsTold(string comparison, bool matches) =>
        Assert.Equal(matches, PushEvents.Holds(
            $$"""{"kind":"room_member_count","is":"{{comparison}}"}""", PushEvents.Message("hello")));

    // NOT-24
    [Theory]
    [InlineData("room", true, true)]
    [InlineData("room", false, false)]
    [InlineData("org.example", true, false)]
    public void SenderNotificationPermission_AsThePowerLevelsSay_Matches(string key, bool may, bool matches) =>
        Assert.Equal(matches, PushEvents.Holds(
            $$"""{"kind":"sender_notification_permission","key":"{{key}}"}""",
            PushEvents.Event("m.room.message", "{}", mayNotifyRoom: may)));

    // NOT-24
    [Theory]
    [InlineData("hi alice liddell!", true)]
    [InlineData("hi alice", false)]
    [InlineData("hi malice liddell", false)]
    public void ContainsDisplayName_NameInBody_Matches(string body, bool matches) =>
        Assert.Equal(matches, PushEvents.Holds("""{"kind":"contains_display_name"}""", PushEvents.Message(body)));

    // NOT-24
    [Theory]
    [InlineData("""{"kind":"org.example.unknown"}""")]
    [InlineData("""{"kind":"event_match","key":"type"}""")]
    [InlineData("""{"kind":"event_match","pattern":"*"}""")]
    [InlineData("""{"kind":"event_match","key":7,"pattern":"*"}""")]
    [InlineData("""{"kind":"event_property_is","key":"content.absent"}""")]
    [InlineData("""{"kind":"event_property_is","key":"content.null"}""")]
    [InlineData("""{"kind":"event_property_contains","key":"content.nulls"}""")]
    [InlineData("""{"kind":"room_member_count","is":3}""")]
    [InlineData("""{"kind":"sender_notification_permission"}""")]
    public void Condition_UnknownOrIncomplete_NeverMatches(string condition) =>
        Assert.False(PushEvents.Holds(
            condition, PushEvents.Event("m.room.message", """{"null":null,"nulls":[null]}""", mayNotifyRoom: true)));

    private static string Condition(string kind, string key, string name, string value) =>
        JsonSerializer.Serialize(new Dictionary<string, string> { ["kind"] = kind, ["key"] = key, [name] = value });
}
