namespace Matrix.Realtime.PushRules.Evaluation;

/// <summary>The sender did not say whom they mention, so that the body may be searched for names.</summary>
internal sealed class NoMentionsCondition : PushCondition
{
    public override bool Matches(PushEvent pushEvent, PushRecipient recipient) => !pushEvent.HasMentions;
}
