using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.State;
using Matrix.Realtime.Rooms.Writing;
using Matrix.Realtime.Streams;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Matrix.Realtime.Typing;

/// <summary>
/// Ends typing together with what ends it: a leave, kick or ban of the typist, a message by them, a restart of the
/// server.
/// </summary>
internal sealed class TypingParticipant(TypingTable table, TypingTimers timers, IOptions<RealtimeOptions> options)
    : IRoomEventParticipant, IStartupParticipant
{
    public async ValueTask OnEventAsync(ChangeBatch batch, RoomEventChange change)
    {
        var ended = change.Joins == false ? change.UserId
            : change.Pdu.StateKey is null && options.Value.Typing.EndOnMessage ? change.Pdu.Sender
            : null;
        if (ended is { } typist && MayType(batch, change.Pdu.RoomId, typist))
        {
            await TypingBatch.StopAsync(batch, table, timers, change.Pdu.RoomId, typist);
        }
    }

    public async ValueTask OnStartingAsync(ChangeBatch batch)
    {
        var stale = await batch.ReadAsync((database, cancellationToken) => database.Set<TypingRow>().AsNoTracking()
            .Where(row => row.IsTyping).ToListAsync(cancellationToken));
        foreach (var row in stale)
        {
            TypingBatch.Write(batch, row.RoomId, row.UserId, isTyping: false);
        }
    }

    /// <summary>Spares the events of everybody else a look at the room's typing set.</summary>
    private bool MayType(ChangeBatch batch, RoomId roomId, UserId userId) =>
        timers.Find(roomId, userId) is not null
        || batch.Changes.Any(change => change is TypingChange typing && typing.RoomId == roomId && typing.Typist == userId);
}
