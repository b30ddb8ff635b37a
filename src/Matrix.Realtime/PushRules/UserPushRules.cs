using System.Diagnostics.CodeAnalysis;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.PushRules.Evaluation;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.PushRules;

/// <summary>All push rules of one user. Its position is zero until they first change one.</summary>
internal sealed record UserPushRules : LiveSnapshot
{
    private readonly DefaultPushRules _defaults;
    private readonly UserId _owner;

    // Made when first asked for; racing makers make the same.
    private volatile ILookup<PushRuleKind, PushRule>? _rules;
    private volatile PushRuleset? _ruleset;
    private volatile byte[]? _content;

    [SetsRequiredMembers]
    public UserPushRules(DefaultPushRules defaults, UserId owner, PushRuleChanges changes, StreamPosition position)
    {
        _defaults = defaults;
        _owner = owner;
        Changes = changes;
        Position = position;
    }

    public PushRuleChanges Changes { get; }

    public override int Weight => 1 + Changes.Rules.Count;

    /// <summary>The rules of each kind in the order in which they are tried, disabled ones too.</summary>
    public ILookup<PushRuleKind, PushRule> Rules =>
        Changes.IsEmpty ? _defaults.Rules : _rules ??= Changes.Merge(_defaults).ToLookup(rule => rule.Kind);

    /// <summary>The rules ready for evaluation; the shared ones while they are the default ones.</summary>
    public PushRuleset Ruleset =>
        Changes.IsEmpty ? _defaults.Ruleset : _ruleset ??= new(Rules.SelectMany(kind => kind), Position);

    /// <summary>The content of <c>m.push_rules</c>.</summary>
    public byte[] Content => _content ??= PushRulesWriter.WriteAll(Rules, _owner);

    public PushRule? Find(PushRuleKey key) => Rules[key.Kind].FirstOrDefault(rule => rule.RuleId == key.RuleId);
}
