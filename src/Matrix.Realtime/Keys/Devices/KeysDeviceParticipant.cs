using Matrix.Realtime.Accounts.Devices;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Keys.OneTime;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.Keys.Devices;

/// <summary>Lets the keys of a device go with it, and others learn of it and of its name.</summary>
internal sealed class KeysDeviceParticipant(DeviceKeyWriter deviceKeys, OneTimeKeyWriter oneTimeKeys)
    : IDeviceParticipant
{
    public async ValueTask OnRemovedAsync(ChangeBatch batch, UserId userId, DeviceId deviceId)
    {
        var owner = new DeviceKey(userId, deviceId);
        await deviceKeys.RemoveAsync(batch, owner);
        await oneTimeKeys.RemoveAsync(batch, owner);
    }

    public ValueTask OnRenamedAsync(ChangeBatch batch, UserId userId, DeviceId deviceId) =>
        deviceKeys.RefreshAsync(batch, new DeviceKey(userId, deviceId));
}
