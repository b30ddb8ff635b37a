using System.Text.Json;
using Matrix.Realtime.Rooms.Events;

namespace Matrix.Realtime.Search.Events;

/// <summary>The text of an event that is searched.</summary>
internal readonly record struct SearchableText(SearchKey Key, string Text)
{
    /// <summary>Whether events of the type may have such a text.</summary>
    public static bool IsIn(string type) => type is EventTypes.Message or EventTypes.Name or EventTypes.Topic;

    /// <summary>The text of a message or of state that describes the room; null when an event is neither.</summary>
    public static SearchableText? Of(Pdu pdu) => (pdu.Type, pdu.StateKey) switch
    {
        (EventTypes.Message, null) => From(SearchKey.Body, BodyOf(pdu)),
        (EventTypes.Name, "") => From(SearchKey.Name, pdu.Content.String("name")),
        (EventTypes.Topic, "") => From(SearchKey.Topic, TopicOf(pdu.Content)),
        _ => null,
    };

    private static SearchableText? From(SearchKey key, string? text) =>
        string.IsNullOrEmpty(text) ? null : new SearchableText(key, text);

    // The body of an edit itself is for clients that know no edits, and repeats the new one after an asterisk.
    private static string? BodyOf(Pdu pdu) =>
        EventRelation.Of(pdu)?.RelType == RelationTypes.Replacement
        && pdu.Content.TryGet("m.new_content", JsonValueKind.Object, out var edited)
            ? edited.String("body")
            : pdu.Content.String("body");

    private static string? TopicOf(JsonElement content)
    {
        var topic = content.String("topic");
        if (!content.TryGet("m.topic", JsonValueKind.Object, out var rich)
            || !rich.TryGet("m.text", JsonValueKind.Array, out var representations))
        {
            return topic;
        }

        var plain = representations.EnumerateArray()
            .Where(text => (text.String("mimetype") ?? "text/plain") == "text/plain")
            .Select(text => text.String("body"))
            .FirstOrDefault(body => body is not null && body != topic);
        return plain is null ? topic : $"{topic}\n{plain}";
    }
}
