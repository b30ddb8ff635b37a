using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.Events;
using Matrix.Realtime.Rooms.State;
using Matrix.Realtime.Rooms.Writing;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.Search.Events;

/// <summary>Writes what can be searched for in the batch of its event, and takes it out with what it is redacted by.</summary>
internal sealed class SearchableEventParticipant : IRoomEventParticipant
{
    public ValueTask OnEventAsync(ChangeBatch batch, RoomEventChange change)
    {
        if (SearchableText.Of(change.Pdu) is { } text)
        {
            var words = string.Join(' ', WordBreaker.Words(text.Text));
            if (words.Length > 0)
            {
                batch.Insert(ToRow(change.Pdu, change.Position, text.Key, words));
            }
        }

        if (change.Redacts is { } target && SearchableText.IsIn(target.Type))
        {
            batch.Delete(ToRow(target.Pdu, target.Position, default, words: ""));
        }

        return ValueTask.CompletedTask;
    }

    private static SearchableEventRow ToRow(Pdu pdu, StreamPosition position, SearchKey key, string words) => new()
    {
        Position = position,
        RoomId = pdu.RoomId,
        Sender = pdu.Sender,
        Key = key,
        WordCount = words.AsSpan().Count(' ') + 1,
        Words = words,
    };
}
