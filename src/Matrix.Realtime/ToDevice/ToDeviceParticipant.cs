using Matrix.Realtime.Accounts.Devices;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.ToDevice;

/// <summary>What waits for a device goes with it, and so does what is remembered of its requests.</summary>
internal sealed class ToDeviceParticipant(ToDeviceConfirmer confirmer, ToDeviceTransactions transactions)
    : IDeviceParticipant
{
    public async ValueTask OnRemovedAsync(ChangeBatch batch, UserId userId, DeviceId deviceId)
    {
        var device = new DeviceKey(userId, deviceId);
        await confirmer.DeleteAsync(batch, device, batch.Position);
        await transactions.ForgetAsync(batch, device);
    }
}
