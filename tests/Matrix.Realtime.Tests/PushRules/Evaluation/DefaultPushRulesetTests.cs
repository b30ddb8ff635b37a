using Matrix.Realtime.Identifiers;
using Matrix.Realtime.PushRules;
using Matrix.Realtime.PushRules.Evaluation;
using Microsoft.Extensions.Options;

namespace Matrix.Realtime.Tests.PushRules.Evaluation;

// NOT-20, NOT-21, NOT-23
public sealed class DefaultPushRulesetTests
{
    private const string Mention = """ "m.mentions":{"user_ids":["@alice:localhost"]} """;

    [Theory]
    [InlineData("m.room.message", """{"msgtype":"m.text","body":"hello"}""", "notify")]
    [InlineData("m.room.message", """{"msgtype":"m.notice","body":"hello"}""", "nothing")]
    [InlineData("m.room.message", """{"msgtype":"m.notice","body":"alice",""" + Mention + "}", "nothing")]
    [InlineData("m.room.message", """{"msgtype":"m.text","body":"hello",""" + Mention + "}", "highlight")]
    [InlineData("m.room.encrypted", "{}", "notify")]
    [InlineData("m.room.encrypted", "{" + Mention + "}", "highlight")]
    [InlineData("m.call.invite", "{}", "notify")]
    [InlineData("m.reaction", "{}", "nothing")]
    [InlineData("m.reaction", "{" + Mention + "}", "highlight")]
    [InlineData("m.room.topic", """{"topic":"alice"}""", "nothing")]
    [InlineData("m.room.message", """{"body":"x","m.relates_to":{"rel_type":"m.replace"}}""", "nothing")]
    [InlineData("m.room.message", """{"body":"x","m.relates_to":{"rel_type":"m.thread"}}""", "notify")]
    [InlineData("m.room.message", """{"body":"alice","m.relates_to":{"rel_type":"m.replace"}}""", "nothing")]
    [InlineData("m.room.message", "{" + Mention + ""","m.relates_to":{"rel_type":"m.replace"}}""", "highlight")]
    [InlineData("m.room.message", """{"body":"hello Alice!"}""", "highlight")]
    [InlineData("m.room.message", """{"body":"@alice:localhost: look"}""", "highlight")]
    [InlineData("m.room.message", """{"body":"I like ALICE LIDDELL"}""", "highlight")]
    [InlineData("m.room.message", """{"body":"hello malice"}""", "notify")]
    [InlineData("m.room.message", """{"body":"hello Alice!","m.mentions":{}}""", "notify")]
    [InlineData("m.room.message", """{"body":"hello Alice!","m.mentions":null}""", "notify")]
    [InlineData("m.room.message", """{"body":"hello @room"}""", "notify")]
    public void Evaluate_EventForAlice_HasTheOutcomeOfTheDefaultRules(string type, string content, string outcome) =>
        Assert.Equal(outcome, Outcome(PushEvents.Event(type, content)));

    [Theory]
    [InlineData("""{"body":"hello @room"}""", "highlight")]
    [InlineData("""{"body":"hello @room","m.mentions":{}}""", "notify")]
    [InlineData("""{"body":"hello","m.mentions":{"room":true}}""", "highlight")]
    [InlineData("""{"body":"hello","m.mentions":{"room":"true"}}""", "notify")]
    public void Evaluate_SenderMayNotifyRoom_HighlightsWhatDoes(string content, string outcome)
    {
        Assert.Equal(outcome, Outcome(PushEvents.Event("m.room.message", content, mayNotifyRoom: true)));
        Assert.Equal("notify", Outcome(PushEvents.Event("m.room.message", content)));
    }

    [Theory]
    [InlineData("m.room.member", "@alice:localhost", """{"membership":"invite"}""", "notify")]
    [InlineData("m.room.member", "@carol:localhost", """{"membership":"invite"}""", "nothing")]
    [InlineData("m.room.member", "@alice:localhost", """{"membership":"join"}""", "nothing")]
    [InlineData("m.room.tombstone", "", "{}", "highlight")]
    [InlineData("m.room.tombstone", "x", "{}", "nothing")]
    [InlineData("m.room.tombstone", null, "{}", "nothing")]
    [InlineData("m.room.server_acl", "", "{}", "nothing")]
    public void Evaluate_StateForAlice_HasTheOutcomeOfTheDefaultRules(
        string type, string? stateKey, string content, string outcome) =>
        Assert.Equal(outcome, Outcome(PushEvents.Event(type, content, stateKey)));

    [Theory]
    [InlineData("m.room.message", 2, "default")]
    [InlineData("m.room.message", 3, null)]
    [InlineData("m.room.encrypted", 2, "default")]
    [InlineData("m.room.encrypted", 1, null)]
    [InlineData("m.call.invite", 2, "ring")]
    public void Evaluate_RoomOfTwo_HasASound(string type, long members, string? sound)
    {
        var outcome = PushEvents.Defaults.Ruleset.Evaluate(
            PushEvents.Event(type, "{}", members: members), PushEvents.ToAlice);

        var tweak = outcome.Actions.EnumerateArray().ElementAtOrDefault(1);
        Assert.Equal(sound, sound is null ? null : tweak.GetProperty("value").GetString());
        Assert.Equal(sound is null ? 1 : 2, outcome.Actions.GetArrayLength());
    }

    [Fact]
    public void Evaluate_WithoutLegacyMentions_LooksForNoNames()
    {
        var options = new RealtimeOptions { PushRules = { LegacyMentions = false } };
        var defaults = new DefaultPushRules(Options.Create(options));

        var outcome = defaults.Ruleset.Evaluate(PushEvents.Message("alice, @room"), PushEvents.ToAlice);

        Assert.True(outcome is { Notify: true, Highlight: false });
    }

    [Theory]
    [InlineData("@:localhost", null)]
    [InlineData("@carol:localhost", "")]
    public void Evaluate_RecipientWithoutName_IsNotFoundInBody(string userId, string? displayName) =>
        Assert.True(PushEvents.Defaults.Ruleset.Evaluate(
            PushEvents.Message("hello"), new(UserId.Parse(userId), displayName)) is { Notify: true, Highlight: false });

    private static string Outcome(PushEvent pushEvent) =>
        PushEvents.Defaults.Ruleset.Evaluate(pushEvent, PushEvents.ToAlice) switch
        {
            { Highlight: true } => "highlight",
            { Notify: true } => "notify",
            _ => "nothing",
        };
}
