namespace Matrix.Realtime.PushRules.Evaluation;

/// <summary><c>contains_display_name</c>: the body has the recipient's display name in the room.</summary>
internal sealed class DisplayNameCondition : PushCondition
{
    public override bool IsPersonal => true;

    public override bool Matches(PushEvent pushEvent, PushRecipient recipient) =>
        !string.IsNullOrEmpty(recipient.DisplayName)
        && pushEvent.Body is { } body
        && Glob.Literal(recipient.DisplayName).MatchesWords(body);
}
