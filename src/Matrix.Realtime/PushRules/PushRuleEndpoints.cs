using Matrix.Realtime.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Matrix.Realtime.PushRules;

/// <summary>What notifies a user (client-server API, "Push Rules: API").</summary>
internal static class PushRuleEndpoints
{
    public static RouteGroupBuilder MapPushRules(this RouteGroupBuilder group)
    {
        group.MapGet("/pushrules/", GetPushRules).WithName("getPushRules");
        group.MapGet("/pushrules/global/", GetGlobalRuleset).WithName("getPushRulesGlobal");
        return group;
    }

    private static Utf8JsonResult GetPushRules(Requester requester, DefaultPushRules defaults) =>
        new(PushRulesWriter.WriteAll(defaults.Rules, requester.UserId));

    private static Utf8JsonResult GetGlobalRuleset(Requester requester, DefaultPushRules defaults) =>
        new(PushRulesWriter.WriteGlobal(defaults.Rules, requester.UserId));
}
