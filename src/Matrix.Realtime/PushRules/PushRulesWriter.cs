using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Json;

namespace Matrix.Realtime.PushRules;

/// <summary>Writes rules as clients read them, where default rules name their owner.</summary>
internal static class PushRulesWriter
{
    /// <summary>All of a user's rulesets, which is the content of <c>m.push_rules</c>.</summary>
    public static byte[] WriteAll(ILookup<PushRuleKind, PushRule> rules, UserId owner)
    {
        var output = new ArrayBufferWriter<byte>();
        output.Write("{\"global\":"u8);
        WriteRuleset(output, rules, owner);
        output.Write("}"u8);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>The only ruleset there is.</summary>
    public static byte[] WriteGlobal(ILookup<PushRuleKind, PushRule> rules, UserId owner)
    {
        var output = new ArrayBufferWriter<byte>();
        WriteRuleset(output, rules, owner);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>One rule.</summary>
    public static byte[] WriteRule(PushRule rule, UserId owner)
    {
        var output = new ArrayBufferWriter<byte>();
        WriteRule(output, rule, owner);
        return output.WrittenSpan.ToArray();
    }

    private static void WriteRuleset(IBufferWriter<byte> output, ILookup<PushRuleKind, PushRule> rules, UserId owner)
    {
        var separator = "{\""u8;
        foreach (var kind in Enum.GetValues<PushRuleKind>())
        {
            output.Write(separator);
            Encoding.UTF8.GetBytes(PushRuleKinds.NameOf(kind), output);
            output.Write("\":"u8);
            WriteRules(output, rules[kind], owner);
            separator = ",\""u8;
        }

        output.Write("}"u8);
    }

    private static void WriteRules(IBufferWriter<byte> output, IEnumerable<PushRule> rules, UserId owner)
    {
        var separator = "["u8;
        foreach (var rule in rules)
        {
            output.Write(separator);
            WriteRule(output, rule, owner);
            separator = ","u8;
        }

        output.Write(separator[0] == '[' ? "[]"u8 : "]"u8);
    }

    private static void WriteRule(IBufferWriter<byte> output, PushRule rule, UserId owner)
    {
        output.Write("{\"rule_id\":"u8);
        JsonText.WriteString(output, rule.RuleId);
        output.Write(rule.IsDefault ? ",\"default\":true"u8 : ",\"default\":false"u8);
        output.Write(rule.Enabled ? ",\"enabled\":true"u8 : ",\"enabled\":false"u8);
        if (rule.Conditions is { } conditions)
        {
            output.Write(",\"conditions\":"u8);
            WriteConditions(output, conditions, rule.IsDefault ? owner : null);
        }

        if (rule.Pattern is { } pattern)
        {
            output.Write(",\"pattern\":"u8);
            var namesOwner = rule.IsDefault && pattern == DefaultPushRules.RecipientName;
            JsonText.WriteString(output, namesOwner ? owner.Localpart : pattern);
        }

        output.Write(",\"actions\":"u8);
        output.Write(JsonMarshal.GetRawUtf8Value(rule.Actions));
        output.Write("}"u8);
    }

    private static void WriteConditions(IBufferWriter<byte> output, JsonElement conditions, UserId? owner)
    {
        var separator = "["u8;
        foreach (var condition in conditions.EnumerateArray())
        {
            output.Write(separator);
            WriteCondition(output, condition, owner);
            separator = ","u8;
        }

        output.Write(separator[0] == '[' ? "[]"u8 : "]"u8);
    }

    private static void WriteCondition(IBufferWriter<byte> output, JsonElement condition, UserId? owner)
    {
        if (owner is null)
        {
            output.Write(JsonMarshal.GetRawUtf8Value(condition));
            return;
        }

        var separator = "{"u8;
        foreach (var property in condition.EnumerateObject())
        {
            output.Write(separator);
            JsonText.WriteString(output, property.Name);
            output.Write(":"u8);
            var namesOwner = property.Value.ValueKind == JsonValueKind.String
                && property.Value.ValueEquals(DefaultPushRules.Recipient);
            if (namesOwner)
            {
                JsonText.WriteString(output, owner.Value.Value);
            }
            else
            {
                output.Write(JsonMarshal.GetRawUtf8Value(property.Value));
            }

            separator = ","u8;
        }

        output.Write("}"u8);
    }
}
