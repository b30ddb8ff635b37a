namespace Matrix.Realtime.PushRules.Evaluation;

/// <summary><c>sender_notification_permission</c> for <c>room</c>, the one key that the specification has.</summary>
internal sealed class RoomNotificationCondition : PushCondition
{
    public override bool Matches(PushEvent pushEvent, PushRecipient recipient) => pushEvent.SenderMayNotifyRoom;
}
