namespace Matrix.Realtime.PushRules.Evaluation;

/// <summary>The body has the local part of the recipient's id.</summary>
internal sealed class UserNameCondition : PushCondition
{
    public override bool IsPersonal => true;

    public override bool Matches(PushEvent pushEvent, PushRecipient recipient) =>
        !recipient.UserId.Localpart.IsEmpty
        && pushEvent.Body is { } body
        && Glob.Literal(recipient.UserId.Localpart).MatchesWords(body);
}
