using Matrix.Realtime.Http;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Streams;
using Microsoft.Extensions.Logging;

namespace Matrix.Realtime.ToDevice;

/// <summary>Deletes what devices say they have, by coming back with the token that was delivered with it.</summary>
internal sealed class ToDeviceConfirmer(
    ChangeWriter writer, LiveState live, DeviceInboxTable inboxes, ILogger<ToDeviceConfirmer> logger)
{
    /// <summary>How many messages are deleted at once, so that a long queue does not hold up everybody else.</summary>
    private const int BatchMessages = 1000;

    /// <summary>
    /// Deletes the messages up to a position, if there are any. Nobody waits for that: whoever has come so far reads
    /// only what is after it, and should the deletion fail, then the next token brings it about.
    /// </summary>
    public async ValueTask ConfirmAsync(
        Requester requester, StreamPosition through, CancellationToken cancellationToken)
    {
        var inbox = await live.GetAsync(live.Current, inboxes, requester.Device, cancellationToken);
        if (inbox.HasAny(through))
        {
            _ = DeleteAsync(requester.Device, StreamPosition.Min(through, live.Current.Position));
        }
    }

    /// <summary>Deletes the messages up to a position as a part of a batch.</summary>
    public async ValueTask DeleteAsync(ChangeBatch batch, DeviceKey device, StreamPosition through) =>
        await DeleteSomeAsync(batch, device, through, int.MaxValue);

    /// <summary>Deletes the first messages up to a position; returns how many they were.</summary>
    private async ValueTask<int> DeleteSomeAsync(
        ChangeBatch batch, DeviceKey device, StreamPosition through, int limit)
    {
        var inbox = await batch.GetAsync(inboxes, device);
        var messages = inbox.Through(through).Take(limit).ToList();
        foreach (var message in messages)
        {
            batch.Delete(message.ToRow(device));
        }

        if (messages.Count > 0)
        {
            batch.Append(new ToDeviceConfirmation(device, messages[^1].Position));
        }

        return messages.Count;
    }

    private async Task DeleteAsync(DeviceKey device, StreamPosition through)
    {
        try
        {
            int deleted;
            do
            {
                deleted = await writer.SubmitAsync(
                    batch => DeleteSomeAsync(batch, device, through, BatchMessages), CancellationToken.None);
            }
            while (deleted == BatchMessages);
        }
        catch (Exception exception)
        {
            Log.NotDeleted(logger, device.UserId, device.DeviceId, exception);
        }
    }
}
