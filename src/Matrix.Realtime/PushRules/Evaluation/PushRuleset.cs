using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.PushRules.Evaluation;

/// <summary>The rules of a user, ready for evaluation. Immutable.</summary>
/// <param name="rules">All rules in the order in which they are tried, disabled ones too.</param>
/// <param name="position">When the user last changed a rule.</param>
internal sealed class PushRuleset(IEnumerable<PushRule> rules, StreamPosition position)
{
    /// <summary>When the user last changed a rule: zero if they never did.</summary>
    public StreamPosition Position => position;

    /// <summary>Whether these are the default rules, unchanged; then they are the same for everybody.</summary>
    public bool IsDefault => position == StreamPosition.Zero;

    /// <summary>The enabled rules in the order in which they are tried.</summary>
    public CompiledPushRule[] Rules { get; } =
        [.. rules.Where(rule => rule.Enabled).Select(rule => new CompiledPushRule(rule))];

    /// <summary>What the event does for a recipient: the first rule that matches decides.</summary>
    public PushOutcome Evaluate(PushEvent pushEvent, PushRecipient recipient)
    {
        foreach (var rule in Rules)
        {
            if (rule.Matches(pushEvent, recipient))
            {
                return rule.Outcome;
            }
        }

        return default;
    }
}
