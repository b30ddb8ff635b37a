using Matrix.Realtime.Errors;

namespace Matrix.Realtime.PushRules;

/// <summary>Where a rule is put among the rules that the user made, of the same kind.</summary>
/// <param name="Before">The rule that is to come directly after it; decides if both are given.</param>
/// <param name="After">The rule that is to come directly before it.</param>
internal readonly record struct PushRulePlace(string? Before, string? After)
{
    /// <summary>Where the rule of this id goes. The one that it stands beside must be there.</summary>
    /// <exception cref="MatrixException">400 when it is not.</exception>
    public int Find(IReadOnlyList<PushRule> rules, string ruleId)
    {
        var present = IndexOf(rules, ruleId);
        if (Before is null && After is null)
        {
            return Math.Max(present, 0);
        }

        var neighbour = IndexOf(rules, Before ?? After!);
        if (neighbour < 0)
        {
            throw MatrixException.BadRequest(
                MatrixErrorCodes.Unknown, $"You have no rule '{Before ?? After}' to put this one beside.");
        }

        if (neighbour == present)
        {
            return present;
        }

        // Taking the rule out of its present place moves all behind it.
        var moved = present >= 0 && present < neighbour ? neighbour - 1 : neighbour;
        return Before is null ? moved + 1 : moved;
    }

    private static int IndexOf(IReadOnlyList<PushRule> rules, string ruleId)
    {
        for (var index = 0; index < rules.Count; index++)
        {
            if (rules[index].RuleId == ruleId)
            {
                return index;
            }
        }

        return -1;
    }
}
