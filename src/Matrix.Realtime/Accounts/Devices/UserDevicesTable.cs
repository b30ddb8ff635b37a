using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Storage;
using Matrix.Realtime.Streams;
using Microsoft.EntityFrameworkCore;

namespace Matrix.Realtime.Accounts.Devices;

/// <summary>The live devices of each user.</summary>
/// <remarks>
/// Rows of devices carry no position, so what is loaded may hold a change that is applied to it again. That makes no
/// difference: the last change of a device says whether it is there.
/// </remarks>
internal sealed class UserDevicesTable : LiveTable<UserId, UserDevices>
{
    public override bool IsHistorical => false;

    protected internal override async Task<UserDevices> LoadAsync(
        MatrixDbContext database, UserId key, StreamPosition at, CancellationToken cancellationToken)
    {
        var devices = await database.Set<DeviceRow>().AsNoTracking()
            .Where(row => row.UserId == key).Select(row => row.DeviceId).ToListAsync(cancellationToken);
        return new UserDevices { Position = StreamPosition.Zero, Devices = [.. devices] };
    }

    protected internal override bool TryGetKey(StreamChange change, out UserId key)
    {
        key = change is DeviceChange { Owner: var owner } ? owner : default;
        return key != default;
    }

    protected override UserDevices Apply(UserDevices snapshot, StreamChange change)
    {
        var moved = (DeviceChange)change;
        return snapshot with
        {
            Position = moved.Position,
            Devices = moved.IsRemoval ? snapshot.Devices.Remove(moved.DeviceId) : snapshot.Devices.Add(moved.DeviceId),
            Used = true,
        };
    }
}
