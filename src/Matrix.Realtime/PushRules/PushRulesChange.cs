using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.PushRules;

/// <summary>A user changed their push rules.</summary>
internal sealed class PushRulesChange(UserId owner, PushRuleChanges changes) : StreamChange
{
    public UserId Owner { get; } = owner;

    /// <summary>All that the user has changed by now.</summary>
    public PushRuleChanges Changes { get; } = changes;

    public override ChangeKinds Kind => ChangeKinds.AccountData;

    public override UserId? UserId => Owner;
}
