using System.Buffers;
using System.Text.Json;
using Matrix.Realtime.Rooms.Events;
using Matrix.Realtime.Rooms.Reading;
using Matrix.Realtime.Rooms.State;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.Search.Events;

/// <summary>Writes the answer to a search.</summary>
internal sealed class SearchResponseWriter(Utf8JsonWriter json, EventRecipient recipient, SearchAnswer answer)
{
    public void Write()
    {
        json.WriteStartObject();
        json.WriteStartObject("search_categories"u8);
        json.WriteStartObject("room_events"u8);
        json.WriteNumber("count"u8, answer.Page.Count);
        WriteHighlights();
        WriteResults();
        WriteStates();
        WriteGroups();
        WriteNextBatch(group: null);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void WriteHighlights()
    {
        json.WriteStartArray("highlights"u8);
        var texts = answer.Page.Results.Select(result => SearchableText.Of(result.Event.Pdu)?.Text).OfType<string>();
        foreach (var highlight in texts.SelectMany(answer.Term.FindIn).Select(WordBreaker.Fold).Distinct())
        {
            json.WriteStringValue(highlight);
        }

        json.WriteEndArray();
    }

    private void WriteResults()
    {
        json.WriteStartArray("results"u8);
        foreach (var (hit, found) in answer.Page.Results)
        {
            json.WriteStartObject();
            json.WriteNumber("rank"u8, Math.Min(1, (double)answer.Term.WordCount / hit.WordCount));
            json.WritePropertyName("result"u8);
            WriteEvent(found);
            if (answer.Contexts.TryGetValue(found.EventId, out var context))
            {
                WriteContext(context);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void WriteContext(ResultContext context)
    {
        json.WriteStartObject("context"u8);
        json.WriteString("start"u8, new StreamToken(context.Range.After).ToString());
        json.WriteString("end"u8, new StreamToken(context.Range.Through).ToString());
        json.WritePropertyName("events_before"u8);
        WriteArray(context.Before);
        json.WritePropertyName("events_after"u8);
        WriteArray(context.After);
        if (context.Senders is { } senders)
        {
            WriteProfiles(senders);
        }

        json.WriteEndObject();
    }

    private void WriteProfiles(IEnumerable<RoomEvent> senders)
    {
        json.WriteStartObject("profile_info"u8);
        foreach (var sender in senders)
        {
            json.WriteStartObject(sender.StateKey!);
            WriteText("displayname"u8, sender.Content.String("displayname"));
            WriteText("avatar_url"u8, sender.Content.String("avatar_url"));
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private void WriteStates()
    {
        if (answer.States is not { } states)
        {
            return;
        }

        json.WriteStartObject("state"u8);
        foreach (var (roomId, state) in states)
        {
            json.WritePropertyName(roomId.Value);
            WriteArray(state);
        }

        json.WriteEndObject();
    }

    private void WriteGroups()
    {
        if (answer.Groupings.Count == 0)
        {
            return;
        }

        json.WriteStartObject("groups"u8);
        foreach (var key in answer.Groupings)
        {
            json.WriteStartObject(key);
            foreach (var (order, group) in answer.Page.Results.GroupBy(result => SearchGroup.Of(key, result.Hit)).Index())
            {
                json.WriteStartObject(group.Key.Value);
                json.WriteNumber("order"u8, order + 1);
                json.WriteStartArray("results"u8);
                foreach (var (_, found) in group)
                {
                    json.WriteStringValue(found.EventId.Value);
                }

                json.WriteEndArray();
                WriteNextBatch(group.Key);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private void WriteNextBatch(SearchGroup? group) => WriteText("next_batch"u8, answer.Page.NextBatch(group));

    private void WriteText(ReadOnlySpan<byte> name, string? text)
    {
        if (text is not null)
        {
            json.WriteString(name, text);
        }
    }

    private void WriteArray(IEnumerable<RoomEvent> array)
    {
        json.WriteStartArray();
        foreach (var roomEvent in array)
        {
            WriteEvent(roomEvent);
        }

        json.WriteEndArray();
    }

    private void WriteEvent(RoomEvent roomEvent)
    {
        var encoded = new ArrayBufferWriter<byte>();
        var roomId = roomEvent.Pdu.RoomId;
        new ClientEventWriter(recipient, answer.Details[roomId]).Write(encoded, roomEvent, roomId);
        json.WriteRawValue(encoded.WrittenSpan, skipInputValidation: true);
    }
}
