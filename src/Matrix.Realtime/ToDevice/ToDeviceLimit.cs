using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Storage;
using Matrix.Realtime.Streams;
using Microsoft.EntityFrameworkCore;

namespace Matrix.Realtime.ToDevice;

/// <summary>
/// Keeps the queue of a device that does not come for it from growing for ever: the oldest messages go. Used on the
/// writer's loop alone.
/// </summary>
/// <remarks>
/// Senders load no queue, so it is looked at for one message in so many, and may be longer by about as many till then.
/// </remarks>
internal sealed class ToDeviceLimit
{
    private const int MaxMessages = 20_000;
    private const int LookEvery = 256;
    private const int MaxDeleted = 1000;

    private int _sent;

    /// <summary>To be called for each message that is added to the queue of a device.</summary>
    public async ValueTask OnSentAsync(ChangeBatch batch, DeviceKey recipient)
    {
        if (++_sent % LookEvery != 0)
        {
            return;
        }

        var surplus = await batch.ReadAsync((database, cancellationToken) =>
            ReadSurplusAsync(database, recipient, cancellationToken));
        foreach (var position in surplus)
        {
            batch.Delete(new ToDeviceMessageRow { Position = position, Type = "", Content = [] });
        }

        if (surplus.Count > 0)
        {
            batch.Append(new ToDeviceConfirmation(recipient, surplus[^1]));
        }
    }

    /// <summary>The oldest of the messages that are too many.</summary>
    private static async Task<List<StreamPosition>> ReadSurplusAsync(
        MatrixDbContext database, DeviceKey recipient, CancellationToken cancellationToken)
    {
        var (userId, deviceId) = recipient;
        var queue = database.Set<ToDeviceMessageRow>()
            .Where(row => row.UserId == userId && row.DeviceId == deviceId).Select(row => row.Position);
        var newest = await queue.OrderDescending().Skip(MaxMessages).Take(1).ToListAsync(cancellationToken);
        return newest.Count == 0
            ? []
            : await queue.Where(position => position <= newest[0])
                .Order().Take(MaxDeleted).ToListAsync(cancellationToken);
    }
}
