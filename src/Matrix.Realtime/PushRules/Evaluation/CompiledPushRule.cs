namespace Matrix.Realtime.PushRules.Evaluation;

/// <summary>A push rule made ready for evaluation.</summary>
internal sealed class CompiledPushRule(PushRule rule)
{
    private readonly PushCondition[] _conditions =
        [.. PushConditionReader.Read(rule).OrderBy(condition => condition.IsPersonal)];

    /// <summary>What the rule does if it matches.</summary>
    public PushOutcome Outcome { get; } = PushOutcome.Of(rule.Actions);

    /// <summary>Whether it depends on the recipient if the rule matches.</summary>
    public bool IsPersonal => _conditions.Any(condition => condition.IsPersonal);

    public bool Matches(PushEvent pushEvent, PushRecipient recipient) =>
        Array.TrueForAll(_conditions, condition => condition.Matches(pushEvent, recipient));

    /// <summary>Whether what the rule asks of the event alone holds.</summary>
    public bool MayMatch(PushEvent pushEvent) =>
        Array.TrueForAll(_conditions, condition => condition.IsPersonal || condition.Matches(pushEvent, default));
}
