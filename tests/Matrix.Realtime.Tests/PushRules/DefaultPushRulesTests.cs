using System.Text.Json.Nodes;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.PushRules;
using Microsoft.Extensions.Options;

namespace Matrix.Realtime.Tests.PushRules;

// NOT-21, NOT-22
public sealed class DefaultPushRulesTests
{
    private static readonly DefaultPushRules Defaults = new(Options.Create(new RealtimeOptions()));
    private static readonly UserId Odd = UserId.Parse("@o\"d\\d:localhost");

    [Fact]
    public void For_AnyUser_HoldsTheSpecifiedRulesInOrder()
    {
        var rules = Global(WriteAll(UserId.Parse("@alice:localhost")));

        Assert.Equal(
            [
                ".m.rule.master", ".m.rule.suppress_notices", ".m.rule.invite_for_me", ".m.rule.member_event",
                ".m.rule.is_user_mention", ".m.rule.contains_display_name", ".m.rule.is_room_mention",
                ".m.rule.roomnotif", ".m.rule.tombstone", ".m.rule.reaction", ".m.rule.room.server_acl",
                ".m.rule.suppress_edits",
            ],
            Ids(rules["override"]!));
        Assert.Equal(
            [
                ".m.rule.call", ".m.rule.encrypted_room_one_to_one", ".m.rule.room_one_to_one", ".m.rule.message",
                ".m.rule.encrypted",
            ],
            Ids(rules["underride"]!));
        Assert.Equal(["content", "override", "room", "sender", "underride"], rules.Select(kind => kind.Key).Order());
        Assert.Equal([".m.rule.contains_user_name"], Ids(rules["content"]!));
        Assert.All(["room", "sender"], kind => Assert.Empty(rules[kind]!.AsArray()));
    }

    [Fact]
    public void For_AnyUser_EnablesEveryRuleButMaster()
    {
        var rules = Global(WriteAll(Odd)).SelectMany(kind => kind.Value!.AsArray()).ToList();

        Assert.All(rules, rule => Assert.True((bool)rule!["default"]!));
        Assert.Equal(".m.rule.master", (string?)Assert.Single(rules, rule => !(bool)rule!["enabled"]!)!["rule_id"]);
    }

    [Fact]
    public void For_UserWithCharactersToEscape_NamesThatUser()
    {
        var rules = Global(WriteAll(Odd))["override"]!.AsArray();

        Assert.Equal(Odd.Value, (string?)rules[2]!["conditions"]![2]!["pattern"]);
        Assert.Equal(Odd.Value, (string?)rules[4]!["conditions"]![0]!["value"]);
        Assert.Equal("content.m\\.mentions.user_ids", (string?)rules[4]!["conditions"]![0]!["key"]);
    }

    [Fact]
    public void GlobalFor_AnyUser_IsTheOnlyRuleset() =>
        Assert.True(JsonNode.DeepEquals(
            Global(WriteAll(Odd)), JsonNode.Parse(PushRulesWriter.WriteGlobal(Defaults.Rules, Odd))));

    private static byte[] WriteAll(UserId userId) => PushRulesWriter.WriteAll(Defaults.Rules, userId);

    private static JsonObject Global(byte[] rulesets) => JsonNode.Parse(rulesets)!["global"]!.AsObject();

    private static IEnumerable<string?> Ids(JsonNode rules) =>
        rules.AsArray().Select(rule => (string?)rule!["rule_id"]);
}
