using System.Runtime.InteropServices;
using System.Text.Json;
using Matrix.Realtime.Accounts.Devices;
using Matrix.Realtime.Http;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.ToDevice;

/// <summary>Sends messages to devices of users of this server. Those to others are dropped.</summary>
internal sealed class ToDeviceService(
    ChangeWriter writer,
    ToDeviceTransactions transactions,
    DeviceDirectory devices,
    ToDeviceLimit limit,
    LocalServer server)
{
    /// <summary>Sends the messages, unless the request repeats one of its device.</summary>
    public async Task SendAsync(
        Requester requester,
        ToDeviceTransaction transaction,
        SendToDeviceRequest request,
        CancellationToken cancellationToken)
    {
        var sender = requester.Device;
        var contents = request.Messages.Where(user => server.Owns(user.Key))
            .ToDictionary(user => user.Key, user => ToBytes(user.Value));
        await transactions.PrepareAsync(sender, cancellationToken);
        foreach (var userId in contents.Keys.Append(sender.UserId))
        {
            // Loads what is not live before the writer's loop would have to wait for it.
            await devices.GetAsync(userId, cancellationToken);
        }

        await writer.SubmitAsync(
            async batch =>
            {
                await devices.RequireAsync(batch, sender);
                if (await transactions.TryBeginAsync(batch, sender, transaction))
                {
                    await SendAsync(batch, sender.UserId, transaction.EventType, contents);
                }
            },
            cancellationToken);
    }

    private async ValueTask SendAsync(
        ChangeBatch batch, UserId sender, string type, Dictionary<UserId, Dictionary<DeviceId, byte[]>> contents)
    {
        foreach (var (userId, byDevice) in contents)
        {
            foreach (var (deviceId, content) in Address(byDevice, await devices.GetAsync(batch, userId)))
            {
                var change = new ToDeviceChange(new(userId, deviceId), sender, type, content);
                batch.Append(change);
                batch.Insert(change.ToMessage().ToRow(change.Recipient));
                await limit.OnSentAsync(batch, change.Recipient);
            }
        }
    }

    /// <summary>
    /// The devices that are known and named, or all; one that is named besides gets what is for it alone.
    /// </summary>
    private static IEnumerable<(DeviceId DeviceId, byte[] Content)> Address(
        Dictionary<DeviceId, byte[]> byDevice, IReadOnlySet<DeviceId> known)
    {
        var forAll = byDevice.GetValueOrDefault(SendToDeviceRequest.AllDevices);
        return known.Select(deviceId => (deviceId, Content: byDevice.GetValueOrDefault(deviceId) ?? forAll))
            .Where(message => message.Content is not null)
            .Select(message => (message.deviceId, message.Content!));
    }

    private static Dictionary<DeviceId, byte[]> ToBytes(IReadOnlyDictionary<DeviceId, JsonElement> contents) =>
        contents.ToDictionary(device => device.Key, device => JsonMarshal.GetRawUtf8Value(device.Value).ToArray());
}
