using Matrix.Realtime.Http;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.ToDevice;

/// <summary>Reads the messages that wait for a device. Reading takes none away.</summary>
/// <seealso cref="ToDeviceConfirmer"/>
internal sealed class ToDeviceReader(LiveState live, DeviceInboxTable inboxes)
{
    /// <summary>How many messages are delivered at once.</summary>
    private const int Limit = 100;

    /// <summary>The first messages after those that the device has, as of the view.</summary>
    public async ValueTask<ToDeviceNews> ReadAsync(
        LiveView view, Requester requester, StreamPosition after, CancellationToken cancellationToken)
    {
        var inbox = await live.GetAsync(view, inboxes, requester.Device, cancellationToken);
        if (inbox.Messages.IsEmpty)
        {
            return ToDeviceNews.None;
        }

        var messages = inbox.Between(after, view.Position).Take(Limit + 1).ToList();
        return messages.Count > Limit ? new(messages[..Limit], true) : new(messages, false);
    }
}
