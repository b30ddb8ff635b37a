namespace Matrix.Realtime.PushRules.Evaluation;

/// <summary>What has to hold for a push rule to match.</summary>
internal abstract class PushCondition
{
    /// <summary>Whether the answer depends on the recipient.</summary>
    public virtual bool IsPersonal => false;

    public abstract bool Matches(PushEvent pushEvent, PushRecipient recipient);
}
