namespace Matrix.Realtime;

/// <summary>What notifies users of messages.</summary>
public sealed class PushRuleOptions
{
    /// <summary>
    /// Whether a message whose sender does not say whom it mentions is searched for names and <c>@room</c>. The
    /// specification dropped these rules with v1.17, but not all clients tell whom they mention.
    /// </summary>
    public bool LegacyMentions { get; set; } = true;
}
