using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.Accounts.Devices;

/// <summary>A feature that keeps something for each device.</summary>
/// <remarks>
/// Called on the writer's loop, in the batch that changes the device. No other change to the devices of that user is in
/// it, so what is committed is what there is of them.
/// </remarks>
internal interface IDeviceParticipant
{
    /// <summary>The user is logged out on the device, which is forgotten.</summary>
    ValueTask OnRemovedAsync(ChangeBatch batch, UserId userId, DeviceId deviceId);

    /// <summary>The device got another display name.</summary>
    ValueTask OnRenamedAsync(ChangeBatch batch, UserId userId, DeviceId deviceId) => ValueTask.CompletedTask;
}
