namespace Matrix.Realtime.PushRules.Evaluation;

/// <summary>The event is state about the recipient.</summary>
internal sealed class StateKeyIsRecipientCondition : PushCondition
{
    public override bool IsPersonal => true;

    public override bool Matches(PushEvent pushEvent, PushRecipient recipient) =>
        pushEvent.Pdu.StateKey == recipient.UserId.Value;
}
