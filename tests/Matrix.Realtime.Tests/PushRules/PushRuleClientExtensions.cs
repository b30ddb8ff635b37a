using System.Net;
using System.Text.Json.Nodes;

namespace Matrix.Realtime.Tests.PushRules;

/// <summary>What users do with their push rules.</summary>
internal static class PushRuleClientExtensions
{
    private static readonly JsonArray Notify = ["notify"];

    public static string RulePath(string kind, string ruleId, string attribute = "") =>
        $"pushrules/global/{kind}/{MatrixClient.Escape(ruleId)}{attribute}";

    /// <summary>Makes a rule that is like any other of its kind.</summary>
    public static Task PutRuleAsync(this MatrixClient client, string kind, string ruleId, string place = "") =>
        client.PutAsync(RulePath(kind, ruleId) + place, Rule(kind)).ExpectAsync();

    public static Task<JsonObject> GetRuleAsync(this MatrixClient client, string kind, string ruleId) =>
        client.GetAsync(RulePath(kind, ruleId)).ExpectAsync();

    public static Task EnableRuleAsync(this MatrixClient client, string kind, string ruleId, bool enabled) =>
        client.PutAsync(RulePath(kind, ruleId, "/enabled"), new JsonObject { ["enabled"] = enabled }).ExpectAsync();

    public static Task SetActionsAsync(this MatrixClient client, string kind, string ruleId, params string[] actions) =>
        client.PutAsync(
            RulePath(kind, ruleId, "/actions"),
            new JsonObject { ["actions"] = new JsonArray([.. actions.Select(action => JsonNode.Parse(action))]) })
            .ExpectAsync();

    public static async Task DeleteRuleAsync(this MatrixClient client, string kind, string ruleId) =>
        (await client.DeleteAsync(RulePath(kind, ruleId))).Expect(HttpStatusCode.OK);

    /// <summary>The ids of a kind's rules, in order; those of the server's too if wanted.</summary>
    public static async Task<List<string>> RuleIdsAsync(
        this MatrixClient client, string kind, bool withDefaults = false)
    {
        var rules = await client.GetAsync("pushrules/global/").ExpectAsync();
        return
        [
            .. rules[kind]!.AsArray()
                .Where(rule => withDefaults || !(bool)rule!["default"]!)
                .Select(rule => (string)rule!["rule_id"]!),
        ];
    }

    /// <summary>A rule of the kind, as short as it may be.</summary>
    public static JsonObject Rule(string kind) => kind switch
    {
        "override" or "underride" => new() { ["conditions"] = new JsonArray(), ["actions"] = Notify.DeepClone() },
        "content" => new() { ["pattern"] = "cake", ["actions"] = Notify.DeepClone() },
        _ => new() { ["actions"] = Notify.DeepClone() },
    };
}
