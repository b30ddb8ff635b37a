using System.Text.Json;

namespace Matrix.Realtime.PushRules.Evaluation;

/// <summary><c>event_property_is</c>: a property has just this value.</summary>
internal sealed class EventPropertyIsCondition(string[] path, JsonElement value) : PushCondition
{
    public override bool Matches(PushEvent pushEvent, PushRecipient recipient) =>
        JsonScalar.AreEqual(pushEvent.Property(path), value);
}
