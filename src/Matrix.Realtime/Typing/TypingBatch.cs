using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.Typing;

/// <summary>What a batch does to typing sets.</summary>
internal static class TypingBatch
{
    /// <summary>Ends a user's typing if they type; from here on no renewal is taken until that is applied.</summary>
    public static async ValueTask StopAsync(
        ChangeBatch batch, TypingTable table, TypingTimers timers, RoomId roomId, UserId userId)
    {
        if ((await batch.GetAsync(table, roomId)).Users.Contains(userId))
        {
            timers.Find(roomId, userId)?.BeginEnd();
            Write(batch, roomId, userId, isTyping: false);
            batch.OnApplied(() => timers.Disarm(roomId, userId));
        }
    }

    public static void Write(ChangeBatch batch, RoomId roomId, UserId userId, bool isTyping)
    {
        var position = batch.Append(new TypingChange(roomId, userId, isTyping));
        batch.Upsert(new TypingRow { RoomId = roomId, UserId = userId, IsTyping = isTyping, Position = position });
    }
}
