namespace Matrix.Realtime.PushRules.Evaluation;

/// <summary><c>event_property_is</c> for text: a property is exactly this text.</summary>
internal sealed class EventTextIsCondition(string[] path, string text) : PushCondition
{
    public override bool Matches(PushEvent pushEvent, PushRecipient recipient) => pushEvent.Text(path) == text;
}
