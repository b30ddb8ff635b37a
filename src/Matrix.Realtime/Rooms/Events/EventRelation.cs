using System.Text.Json;
using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.Rooms.Events;

/// <summary>What an event says about another (client-server API, "Forming relationships between events").</summary>
/// <param name="RelType">The kind of the relation.</param>
/// <param name="EventId">The other event.</param>
/// <param name="Key">With what an annotation annotates it.</param>
internal readonly record struct EventRelation(string RelType, EventId EventId, string? Key)
{
    /// <summary>Whether the event answers in the thread of which the other is the root.</summary>
    public bool IsThread => RelType == RelationTypes.Thread;

    /// <summary>The relation of an event; null when it has none that is well-formed.</summary>
    public static EventRelation? Of(Pdu pdu)
    {
        // Canonical JSON has one spelling of the name, and most events do not hold it: they are not parsed for this.
        if (pdu.ContentJson.Span.IndexOf("\"m.relates_to\""u8) < 0
            || !pdu.Content.TryGet("m.relates_to", JsonValueKind.Object, out var relatesTo))
        {
            return null;
        }

        return relatesTo.String("rel_type") is { } relType
            && EventId.TryParse(relatesTo.String("event_id"), out var eventId)
            ? new EventRelation(relType, eventId, relatesTo.String("key"))
            : null;
    }
}
