using Matrix.Realtime.Http;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Streams;
using Microsoft.Extensions.Logging;

namespace Matrix.Realtime.ToDevice;

/// <summary>Deletes what devices say they have, by coming back with the token that was delivered with it.</summary>
internal sealed class ToDeviceConfirmer(
    ChangeWriter writer, LiveState live, DeviceInboxTable inboxes, ILogger<ToDeviceConfirmer> logger)
{
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
    public async ValueTask DeleteAsync(ChangeBatch batch, DeviceKey device, StreamPosition through)
    {
        var inbox = await batch.GetAsync(inboxes, device);
        if (!inbox.HasAny(through))
        {
            return;
        }

        foreach (var message in inbox.Through(through))
        {
            batch.Delete(message.ToRow(device));
        }

        batch.Append(new ToDeviceConfirmation(device, through));
    }

    private async Task DeleteAsync(DeviceKey device, StreamPosition through)
    {
        try
        {
            await writer.SubmitAsync(batch => DeleteAsync(batch, device, through), CancellationToken.None);
        }
        catch (Exception exception)
        {
            Log.NotDeleted(logger, device.UserId, device.DeviceId, exception);
        }
    }
}
