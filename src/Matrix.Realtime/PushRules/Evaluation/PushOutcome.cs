using System.Text.Json;

namespace Matrix.Realtime.PushRules.Evaluation;

/// <summary>What an event does for one recipient.</summary>
/// <remarks>The default value is that it does nothing.</remarks>
internal readonly struct PushOutcome
{
    private readonly JsonElement _actions;

    private PushOutcome(JsonElement actions, bool notify, bool highlight)
    {
        _actions = actions;
        Notify = notify;
        Highlight = highlight;
    }

    /// <summary>Whether the event counts as a notification.</summary>
    public bool Notify { get; }

    /// <summary>Whether it counts as a highlight too; never without <see cref="Notify"/>.</summary>
    public bool Highlight { get; }

    /// <summary>The actions of the rule that matched, as <c>GET /notifications</c> lists them.</summary>
    public JsonElement Actions => _actions.ValueKind == JsonValueKind.Array ? _actions : NoActions;

    private static JsonElement NoActions { get; } = JsonElement.Parse("[]");

    /// <summary>The outcome of a rule's actions; those that are not known, or no longer, do nothing.</summary>
    public static PushOutcome Of(JsonElement actions)
    {
        var notify = false;
        var highlight = false;
        foreach (var action in actions.EnumerateArray())
        {
            if (action.ValueKind == JsonValueKind.String)
            {
                notify |= action.ValueEquals("notify");
            }
            else if (IsHighlightTweak(action))
            {
                highlight = !action.TryGetProperty("value", out var value) || value.ValueKind == JsonValueKind.True;
            }
        }

        return new(actions, notify, notify && highlight);
    }

    private static bool IsHighlightTweak(JsonElement action) =>
        action.ValueKind == JsonValueKind.Object
        && action.TryGetProperty("set_tweak", out var tweak)
        && tweak.ValueKind == JsonValueKind.String
        && tweak.ValueEquals("highlight");
}
