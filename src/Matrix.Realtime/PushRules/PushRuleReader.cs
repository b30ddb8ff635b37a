using System.Text.Json;
using Matrix.Realtime.Errors;
using Matrix.Realtime.Rooms.Events;

namespace Matrix.Realtime.PushRules;

/// <summary>Checks what clients want their rules to be.</summary>
internal static class PushRuleReader
{
    /// <summary>A rule of a user.</summary>
    /// <exception cref="MatrixException">400 for a name that is not theirs to give, and for anything
    /// malformed.</exception>
    public static PushRule Read(PushRuleKey key, SetPushRuleRequest request)
    {
        key.RequireOfUser();
        return new()
        {
            Kind = key.Kind,
            RuleId = key.RuleId,
            Actions = ReadActions(request.Actions),
            Conditions = key.Kind is PushRuleKind.Override or PushRuleKind.Underride
                ? ReadConditions(request.Conditions)
                : null,
            Pattern = key.Kind == PushRuleKind.Content
                ? request.Pattern ?? throw MatrixException.MissingParam("A content rule needs a 'pattern'.")
                : null,
        };
    }

    /// <summary>Actions: those that once were known do nothing, but are taken.</summary>
    /// <exception cref="MatrixException">400 for anything else.</exception>
    public static JsonElement ReadActions(JsonElement actions) =>
        actions.ValueKind == JsonValueKind.Array && actions.EnumerateArray().All(IsAction)
            ? actions
            : throw MatrixException.BadJson("'actions' is not an array of known actions.");

    private static bool IsAction(JsonElement action) => action.ValueKind == JsonValueKind.String
        ? action.GetString() is "notify" or "dont_notify" or "coalesce"
        : action.String("set_tweak") is not null;

    private static JsonElement ReadConditions(JsonElement? conditions)
    {
        if (conditions is not { ValueKind: not JsonValueKind.Null } given)
        {
            throw MatrixException.MissingParam("This kind of rule needs 'conditions'.");
        }

        return given.ValueKind == JsonValueKind.Array
            && given.EnumerateArray().All(condition => condition.String("kind") is not null)
                ? given
                : throw MatrixException.BadJson("'conditions' is not an array of objects that each have a 'kind'.");
    }
}
