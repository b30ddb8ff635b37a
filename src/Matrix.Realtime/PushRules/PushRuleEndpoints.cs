using Matrix.Realtime.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Matrix.Realtime.PushRules;

/// <summary>What notifies a user (client-server API, "Push Rules: API").</summary>
internal static class PushRuleEndpoints
{
    private const string Rule = "/pushrules/global/{kind}/{ruleId}";

    public static RouteGroupBuilder MapPushRules(this RouteGroupBuilder group)
    {
        group.MapGet("/pushrules/", GetAllAsync).WithName("getPushRules");
        group.MapGet("/pushrules/global/", GetGlobalAsync).WithName("getPushRulesGlobal");
        group.MapGet(Rule, GetAsync).WithName("getPushRule");
        group.MapPut(Rule, SetAsync).WithName("setPushRule");
        group.MapDelete(Rule, DeleteAsync).WithName("deletePushRule");
        group.MapGet(Rule + "/enabled", IsEnabledAsync).WithName("isPushRuleEnabled");
        group.MapPut(Rule + "/enabled", SetEnabledAsync).WithName("setPushRuleEnabled");
        group.MapGet(Rule + "/actions", GetActionsAsync).WithName("getPushRuleActions");
        group.MapPut(Rule + "/actions", SetActionsAsync).WithName("setPushRuleActions");
        return group;
    }

    private static async Task<IResult> GetAllAsync(
        Requester requester, PushRuleService service, CancellationToken cancellationToken) =>
        new Utf8JsonResult((await service.GetAsync(requester.UserId, cancellationToken)).Content);

    private static async Task<IResult> GetGlobalAsync(
        Requester requester, PushRuleService service, CancellationToken cancellationToken)
    {
        var rules = (await service.GetAsync(requester.UserId, cancellationToken)).Rules;
        return new Utf8JsonResult(PushRulesWriter.WriteGlobal(rules, requester.UserId));
    }

    private static async Task<IResult> GetAsync(
        string kind, string ruleId, Requester requester, PushRuleService service, CancellationToken cancellationToken)
    {
        var rule = await service.GetRuleAsync(requester, PushRuleKey.Parse(kind, ruleId), cancellationToken);
        return new Utf8JsonResult(PushRulesWriter.WriteRule(rule, requester.UserId));
    }

    private static async Task<Ok<EmptyResponse>> SetAsync(
        string kind, string ruleId, JsonBody<SetPushRuleRequest> body, QueryReader query,
        Requester requester, PushRuleService service, CancellationToken cancellationToken)
    {
        var rule = PushRuleReader.Read(PushRuleKey.Parse(kind, ruleId), body.Value);
        var place = new PushRulePlace(query.Text("before"), query.Text("after"));
        await service.PutAsync(requester, rule, place, cancellationToken);
        return EmptyResponse.Ok;
    }

    private static async Task<Ok<EmptyResponse>> DeleteAsync(
        string kind, string ruleId, Requester requester, PushRuleService service, CancellationToken cancellationToken)
    {
        await service.DeleteAsync(requester, PushRuleKey.Parse(kind, ruleId), cancellationToken);
        return EmptyResponse.Ok;
    }

    private static async Task<Ok<PushRuleEnabled>> IsEnabledAsync(
        string kind, string ruleId, Requester requester, PushRuleService service, CancellationToken cancellationToken)
    {
        var rule = await service.GetRuleAsync(requester, PushRuleKey.Parse(kind, ruleId), cancellationToken);
        return TypedResults.Ok(new PushRuleEnabled { Enabled = rule.Enabled });
    }

    private static async Task<Ok<EmptyResponse>> SetEnabledAsync(
        string kind, string ruleId, JsonBody<PushRuleEnabled> body,
        Requester requester, PushRuleService service, CancellationToken cancellationToken)
    {
        var enabled = body.Value.Enabled;
        await service.ChangeRuleAsync(
            requester, PushRuleKey.Parse(kind, ruleId), rule => rule with { Enabled = enabled }, cancellationToken);
        return EmptyResponse.Ok;
    }

    private static async Task<Ok<PushRuleActions>> GetActionsAsync(
        string kind, string ruleId, Requester requester, PushRuleService service, CancellationToken cancellationToken)
    {
        var rule = await service.GetRuleAsync(requester, PushRuleKey.Parse(kind, ruleId), cancellationToken);
        return TypedResults.Ok(new PushRuleActions { Actions = rule.Actions });
    }

    private static async Task<Ok<EmptyResponse>> SetActionsAsync(
        string kind, string ruleId, JsonBody<PushRuleActions> body,
        Requester requester, PushRuleService service, CancellationToken cancellationToken)
    {
        var actions = PushRuleReader.ReadActions(body.Value.Actions);
        await service.ChangeRuleAsync(
            requester, PushRuleKey.Parse(kind, ruleId), rule => rule with { Actions = actions }, cancellationToken);
        return EmptyResponse.Ok;
    }
}
