namespace Matrix.Realtime.PushRules.Evaluation;

/// <summary>What an event does for all recipients on the default rules, computed once for all of them.</summary>
internal sealed class DefaultPushFacts
{
    private readonly PushEvent _event;
    private readonly List<CompiledPushRule> _personal;
    private readonly PushOutcome _otherwise;

    private DefaultPushFacts(PushEvent pushEvent, List<CompiledPushRule> personal, PushOutcome otherwise)
    {
        _event = pushEvent;
        _personal = personal;
        _otherwise = otherwise;
    }

    /// <summary>Evaluates what does not depend on the recipient.</summary>
    /// <param name="defaults">The default rules.</param>
    /// <param name="pushEvent">The event.</param>
    public static DefaultPushFacts Of(PushRuleset defaults, PushEvent pushEvent)
    {
        var personal = new List<CompiledPushRule>();
        foreach (var rule in defaults.Rules)
        {
            if (!rule.MayMatch(pushEvent))
            {
                continue;
            }

            if (!rule.IsPersonal)
            {
                return new(pushEvent, personal, rule.Outcome);
            }

            personal.Add(rule);
        }

        return new(pushEvent, personal, default);
    }

    /// <summary>The outcome for a recipient: what the default rules evaluated for them alone would give.</summary>
    public PushOutcome For(PushRecipient recipient) =>
        _personal.Find(rule => rule.Matches(_event, recipient))?.Outcome ?? _otherwise;
}
