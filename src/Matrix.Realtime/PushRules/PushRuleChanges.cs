using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.PushRules;

/// <summary>
/// What tells a user's rules from the default ones. Only this is stored, so that defaults of a later version of the
/// server reach those too who have changed something.
/// </summary>
internal sealed record PushRuleChanges
{
    public static readonly PushRuleChanges None = new();

    /// <summary>The rules that the user made, those of a kind in the order in which they are tried.</summary>
    [JsonPropertyName("rules")]
    public ImmutableList<PushRule> Rules { get; init; } = [];

    /// <summary>What the user changed of default rules, by their ids.</summary>
    [JsonPropertyName("defaults")]
    public ImmutableSortedDictionary<string, DefaultRuleChange> Defaults { get; init; } =
        ImmutableSortedDictionary.Create<string, DefaultRuleChange>(StringComparer.Ordinal);

    [JsonIgnore]
    public bool IsEmpty => Rules.IsEmpty && Defaults.IsEmpty;

    public static PushRuleChanges Parse(ReadOnlySpan<byte> utf8) =>
        JsonSerializer.Deserialize(utf8, PushRulesJsonContext.Default.PushRuleChanges)!;

    public byte[] Serialize() =>
        JsonSerializer.SerializeToUtf8Bytes(this, PushRulesJsonContext.Default.PushRuleChanges);

    /// <summary>All rules of the user in the order in which they are tried.</summary>
    public IEnumerable<PushRule> Merge(DefaultPushRules defaults)
    {
        foreach (var kind in Enum.GetValues<PushRuleKind>())
        {
            var standing = defaults.Rules[kind].Select(Change).ToLookup(rule => rule.RuleId == DefaultPushRules.Master);
            foreach (var rule in standing[true].Concat(Rules.Where(rule => rule.Kind == kind)).Concat(standing[false]))
            {
                yield return rule;
            }
        }
    }

    /// <summary>With a rule of the user's: in the place that it is given, else where it was, else first.</summary>
    public PushRuleChanges Put(PushRule rule, PushRulePlace place)
    {
        var others = Rules.RemoveAll(each => each.Kind == rule.Kind);
        var same = Rules.RemoveAll(each => each.Kind != rule.Kind);
        var index = place.Find(same, rule.RuleId);
        var enabled = same.Find(each => each.RuleId == rule.RuleId)?.Enabled ?? true;
        var placed = same.RemoveAll(each => each.RuleId == rule.RuleId).Insert(index, rule with { Enabled = enabled });
        return this with { Rules = others.AddRange(placed) };
    }

    /// <summary>With a rule changed, made by the user or by the server; null if there is none of that name.</summary>
    public PushRuleChanges? Change(DefaultPushRules defaults, PushRuleKey key, Func<PushRule, PushRule> change)
    {
        if (Find(key) is { } rule)
        {
            return this with { Rules = Rules.Replace(rule, change(rule)) };
        }

        if (defaults.Find(key) is not { } original)
        {
            return null;
        }

        return this with
        {
            Defaults = DefaultRuleChange.Between(original, change(Change(original))) is { } difference
                ? Defaults.SetItem(key.RuleId, difference)
                : Defaults.Remove(key.RuleId),
        };
    }

    /// <summary>Without a rule that the user made; null if there is none of that name.</summary>
    public PushRuleChanges? Remove(PushRuleKey key) =>
        Find(key) is { } rule ? this with { Rules = Rules.Remove(rule) } : null;

    /// <summary>
    /// With the rules for one room made for another too, unless that has some: those named after the room, as clients name
    /// the ones that they mute a room with.
    /// </summary>
    public PushRuleChanges CopyRoom(RoomId from, RoomId to) => Rules
        .Where(rule => rule.RuleId == from.Value && Find(new(rule.Kind, to.Value)) is null)
        .Aggregate(this, (changes, rule) => changes with { Rules = changes.Rules.Add(rule.ForRoom(from, to)) });

    private PushRule? Find(PushRuleKey key) =>
        Rules.Find(rule => rule.Kind == key.Kind && rule.RuleId == key.RuleId);

    private PushRule Change(PushRule original) =>
        Defaults.TryGetValue(original.RuleId, out var change) ? change.ApplyTo(original) : original;
}
