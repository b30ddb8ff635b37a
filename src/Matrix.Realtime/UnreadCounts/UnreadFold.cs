using Matrix.Realtime.Rooms.State;

namespace Matrix.Realtime.UnreadCounts;

/// <summary>Counts events one after the other, each thread by itself.</summary>
internal sealed class UnreadFold(UnreadReader reader, DisplayNames names, SharedEvaluation evaluation, UnreadTally tally)
{
    public UnreadTally Tally { get; private set; } = tally;

    /// <summary>Takes the next event of the main timeline, or the next of a thread.</summary>
    public void Add(RoomEvent roomEvent)
    {
        if (reader.ReadsBy(roomEvent))
        {
            Tally = Tally.Clear(roomEvent.ThreadRoot);
        }
        else if (reader.IsUnread(roomEvent) && reader.MayNotify(roomEvent))
        {
            var outcome = evaluation.Evaluate(reader, names, roomEvent);
            Tally = Tally.Add(roomEvent.ThreadRoot, UnreadCount.Of(outcome));
        }
    }

    public async Task AddAsync(IAsyncEnumerable<RoomEvent> roomEvents)
    {
        await foreach (var roomEvent in roomEvents)
        {
            Add(roomEvent);
        }
    }
}
