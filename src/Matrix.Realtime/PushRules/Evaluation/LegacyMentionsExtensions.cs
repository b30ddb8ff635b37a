namespace Matrix.Realtime.PushRules.Evaluation;

internal static class LegacyMentionsExtensions
{
    private static readonly DisplayNameCondition DisplayName = new();
    private static readonly UserNameCondition UserName = new();

    /// <summary>Whether the body names the recipient in one of these ways.</summary>
    public static bool Match(this LegacyMentions mentions, PushEvent pushEvent, PushRecipient recipient) =>
        (mentions.HasFlag(LegacyMentions.DisplayName) && DisplayName.Matches(pushEvent, recipient))
        || (mentions.HasFlag(LegacyMentions.UserName) && UserName.Matches(pushEvent, recipient));
}
