namespace Matrix.Realtime.PushRules.Evaluation;

/// <summary>A condition that the server does not know, or that lacks what it needs.</summary>
internal sealed class NeverCondition : PushCondition
{
    public override bool Matches(PushEvent pushEvent, PushRecipient recipient) => false;
}
