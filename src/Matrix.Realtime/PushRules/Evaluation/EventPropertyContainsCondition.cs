using System.Text.Json;

namespace Matrix.Realtime.PushRules.Evaluation;

/// <summary><c>event_property_contains</c>: a property is an array that holds just this value.</summary>
internal sealed class EventPropertyContainsCondition(string[] path, JsonElement value) : PushCondition
{
    public override bool Matches(PushEvent pushEvent, PushRecipient recipient)
    {
        var property = pushEvent.Property(path);
        return property.ValueKind == JsonValueKind.Array
            && property.EnumerateArray().Any(item => JsonScalar.AreEqual(item, value));
    }
}
