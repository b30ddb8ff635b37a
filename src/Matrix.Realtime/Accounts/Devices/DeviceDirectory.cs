using Matrix.Realtime.Errors;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.Accounts.Devices;

/// <summary>Tells other features which devices users are logged in on.</summary>
internal sealed class DeviceDirectory(LiveState live, UserDevicesTable devices)
{
    /// <summary>The devices of a user, none for somebody who is not known.</summary>
    public async ValueTask<IReadOnlySet<DeviceId>> GetAsync(UserId userId, CancellationToken cancellationToken) =>
        (await live.GetAsync(live.Current, devices, userId, cancellationToken)).Devices;

    /// <summary>The same with what a batch has done so far.</summary>
    public async ValueTask<IReadOnlySet<DeviceId>> GetAsync(ChangeBatch batch, UserId userId) =>
        (await batch.GetAsync(devices, userId)).Devices;

    /// <summary>
    /// Refuses a request that has outlived the device which made it: what it brings must not be left behind.
    /// </summary>
    /// <exception cref="MatrixException">M_UNKNOWN_TOKEN.</exception>
    public async ValueTask RequireAsync(ChangeBatch batch, DeviceKey device)
    {
        if (!(await GetAsync(batch, device.UserId)).Contains(device.DeviceId))
        {
            throw MatrixException.UnknownToken();
        }
    }
}
