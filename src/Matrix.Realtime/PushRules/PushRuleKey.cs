using Matrix.Realtime.Errors;

namespace Matrix.Realtime.PushRules;

/// <summary>What names a rule of a user: ids are unique within their kind only.</summary>
internal readonly record struct PushRuleKey(PushRuleKind Kind, string RuleId)
{
    /// <summary>Whether the id is kept for rules that the server makes.</summary>
    public bool IsReserved => RuleId.StartsWith('.');

    /// <summary>Reads the parts of a path.</summary>
    /// <exception cref="MatrixException">400 for a kind that there is not.</exception>
    public static PushRuleKey Parse(string kind, string ruleId) => PushRuleKinds.TryParse(kind, out var known)
        ? new(known, ruleId)
        : throw MatrixException.InvalidParam($"'{kind}' is no kind of push rules.");

    /// <summary>Checks that users may make or delete a rule of this name.</summary>
    /// <exception cref="MatrixException">400 for reserved ids and for those with slashes or backslashes.</exception>
    public void RequireOfUser()
    {
        if (IsReserved)
        {
            throw MatrixException.InvalidParam("Rules whose id starts with a dot are the server's.");
        }

        if (RuleId.AsSpan().ContainsAny('/', '\\'))
        {
            throw MatrixException.InvalidParam("The id of a push rule holds no slashes or backslashes.");
        }
    }
}
