using System.Text.Json;
using Matrix.Realtime.Json;
using Matrix.Realtime.Rooms.Events;

namespace Matrix.Realtime.PushRules.Evaluation;

/// <summary>Turns the conditions of rules into something that can be evaluated often.</summary>
internal static class PushConditionReader
{
    private static readonly NeverCondition Never = new();
    private static readonly NoMentionsCondition NoMentions = new();

    /// <summary>All that has to hold for the rule, the cheapest first.</summary>
    public static PushCondition[] Read(PushRule rule) => rule.Kind switch
    {
        PushRuleKind.Content => [.. LegacyGuard(rule), ReadContent(rule)],
        PushRuleKind.Room => [new EventTextIsCondition(["room_id"], rule.RuleId)],
        PushRuleKind.Sender => [new EventTextIsCondition(["sender"], rule.RuleId)],
        _ =>
        [
            .. LegacyGuard(rule),
            .. rule.Conditions!.Value.EnumerateArray().Select(condition => Read(condition, rule.IsDefault)),
        ],
    };

    private static IEnumerable<PushCondition> LegacyGuard(PushRule rule) =>
        DefaultPushRules.IsLegacy(rule.RuleId) ? [NoMentions] : [];

    private static PushCondition ReadContent(PushRule rule) =>
        rule.IsDefault && rule.Pattern == DefaultPushRules.RecipientName
            ? new UserNameCondition()
            : new EventMatchCondition(["content", "body"], rule.Pattern!);

    private static PushCondition Read(JsonElement condition, bool isDefault)
    {
        var path = PropertyPath.Parse(condition.String("key") ?? string.Empty);
        return condition.String("kind") switch
        {
            "event_match" when isDefault && condition.String("pattern") == DefaultPushRules.Recipient =>
                new StateKeyIsRecipientCondition(),
            "event_property_contains" when isDefault && condition.String("value") == DefaultPushRules.Recipient =>
                new MentionsRecipientCondition(),
            "event_match" when condition.String("pattern") is { } pattern => new EventMatchCondition(path, pattern),
            "event_property_is" when condition.String("value") is { } text => new EventTextIsCondition(path, text),
            "event_property_is" when condition.TryGet("value", out var value) =>
                new EventPropertyIsCondition(path, value),
            "event_property_contains" when condition.TryGet("value", out var value) =>
                new EventPropertyContainsCondition(path, value),
            "contains_display_name" => new DisplayNameCondition(),
            "room_member_count" when condition.String("is") is { } count =>
                (PushCondition?)RoomMemberCountCondition.Parse(count) ?? Never,
            "sender_notification_permission" when path is ["room"] => new RoomNotificationCondition(),
            _ => Never,
        };
    }
}
