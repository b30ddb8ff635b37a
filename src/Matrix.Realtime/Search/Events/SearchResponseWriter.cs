using System.Buffers;
using System.Text.Json;
using Matrix.Realtime.Http;
using Matrix.Realtime.Rooms.Events;
using Matrix.Realtime.Rooms.Reading;
using Matrix.Realtime.Rooms.State;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.Search.Events;

/// <summary>Writes the answer to a search.</summary>
internal sealed class SearchResponseWriter(RoomStates states, ResultContextReader contexts, TimeProvider time)
{
    public async Task<ReadOnlyMemory<byte>> WriteAsync(
        Requester requester,
        SearchScope scope,
        RoomEventsCriteria criteria,
        SearchTerm term,
        SearchPage page,
        CancellationToken cancellationToken)
    {
        var output = new ArrayBufferWriter<byte>();
        var events = new ClientEventWriter(requester, time.GetUtcNow());
        await using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            json.WriteStartObject("search_categories"u8);
            json.WriteStartObject("room_events"u8);
            json.WriteNumber("count"u8, page.Count);
            WriteHighlights(json, term, page);
            await WriteResultsAsync(json, events, scope, criteria, term, page, cancellationToken);
            if (criteria.IncludeState == true)
            {
                await WriteStateAsync(json, events, scope, page, cancellationToken);
            }

            WriteGroups(json, criteria, page);
            WriteNextBatch(json, page, group: null);
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return output.WrittenMemory;
    }

    private static void WriteHighlights(Utf8JsonWriter json, SearchTerm term, SearchPage page)
    {
        json.WriteStartArray("highlights"u8);
        var texts = page.Results.Select(result => SearchableText.Of(result.Event.Pdu)?.Text).OfType<string>();
        foreach (var highlight in texts.SelectMany(term.FindIn).Select(WordBreaker.Fold).Distinct())
        {
            json.WriteStringValue(highlight);
        }

        json.WriteEndArray();
    }

    private async Task WriteResultsAsync(
        Utf8JsonWriter json,
        ClientEventWriter events,
        SearchScope scope,
        RoomEventsCriteria criteria,
        SearchTerm term,
        SearchPage page,
        CancellationToken cancellationToken)
    {
        json.WriteStartArray("results"u8);
        foreach (var (hit, found) in page.Results)
        {
            json.WriteStartObject();
            json.WriteNumber("rank"u8, Math.Min(1, (double)term.WordCount / hit.WordCount));
            json.WritePropertyName("result"u8);
            WriteEvent(json, events, found);
            if (criteria.EventContext is { } wanted)
            {
                var context = await contexts.ReadAsync(scope, found, wanted, cancellationToken);
                WriteContext(json, events, context);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteContext(Utf8JsonWriter json, ClientEventWriter events, ResultContext context)
    {
        json.WriteStartObject("context"u8);
        json.WriteString("start"u8, new StreamToken(context.Range.After).ToString());
        json.WriteString("end"u8, new StreamToken(context.Range.Through).ToString());
        WriteEvents(json, "events_before"u8, events, context.Before);
        WriteEvents(json, "events_after"u8, events, context.After);
        if (context.Senders is { } senders)
        {
            json.WriteStartObject("profile_info"u8);
            foreach (var sender in senders)
            {
                json.WriteStartObject(sender.StateKey!);
                WriteText(json, "displayname"u8, sender.Content.String("displayname"));
                WriteText(json, "avatar_url"u8, sender.Content.String("avatar_url"));
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private async Task WriteStateAsync(
        Utf8JsonWriter json,
        ClientEventWriter events,
        SearchScope scope,
        SearchPage page,
        CancellationToken cancellationToken)
    {
        json.WriteStartObject("state"u8);
        foreach (var roomId in page.Results.Select(result => result.Hit.RoomId).Distinct())
        {
            var visible = await scope.GetRoomAsync(roomId, cancellationToken);
            json.WritePropertyName(roomId.Value);
            WriteArray(json, events, await states.GetStateAtAsync(visible.Room, visible.Through, cancellationToken));
        }

        json.WriteEndObject();
    }

    private static void WriteGroups(Utf8JsonWriter json, RoomEventsCriteria criteria, SearchPage page)
    {
        if (criteria.Groupings?.GroupBy is not { Count: > 0 } groupings)
        {
            return;
        }

        json.WriteStartObject("groups"u8);
        foreach (var key in groupings.Select(grouping => grouping.Key).Distinct())
        {
            json.WriteStartObject(key);
            foreach (var (order, group) in page.Results.GroupBy(result => SearchGroup.Of(key, result.Hit)).Index())
            {
                json.WriteStartObject(group.Key.Value);
                json.WriteNumber("order"u8, order + 1);
                json.WriteStartArray("results"u8);
                foreach (var (_, found) in group)
                {
                    json.WriteStringValue(found.EventId.Value);
                }

                json.WriteEndArray();
                WriteNextBatch(json, page, group.Key);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteNextBatch(Utf8JsonWriter json, SearchPage page, SearchGroup? group) =>
        WriteText(json, "next_batch"u8, page.NextBatch(group));

    private static void WriteText(Utf8JsonWriter json, ReadOnlySpan<byte> name, string? text)
    {
        if (text is not null)
        {
            json.WriteString(name, text);
        }
    }

    private static void WriteEvents(
        Utf8JsonWriter json, ReadOnlySpan<byte> name, ClientEventWriter events, IEnumerable<RoomEvent> array)
    {
        json.WritePropertyName(name);
        WriteArray(json, events, array);
    }

    private static void WriteArray(Utf8JsonWriter json, ClientEventWriter events, IEnumerable<RoomEvent> array)
    {
        json.WriteStartArray();
        foreach (var roomEvent in array)
        {
            WriteEvent(json, events, roomEvent);
        }

        json.WriteEndArray();
    }

    private static void WriteEvent(Utf8JsonWriter json, ClientEventWriter events, RoomEvent roomEvent)
    {
        var encoded = new ArrayBufferWriter<byte>();
        events.Write(encoded, roomEvent, roomEvent.Pdu.RoomId);
        json.WriteRawValue(encoded.WrittenSpan, skipInputValidation: true);
    }
}
