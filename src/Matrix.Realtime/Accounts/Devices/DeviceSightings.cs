using System.Collections.Concurrent;
using System.Net;
using Matrix.Realtime.Http;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Streams;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Matrix.Realtime.Accounts.Devices;

/// <summary>
/// Remembers when and from where devices were last seen: exactly in memory, and in the database as often as is worth a
/// write, and when the server stops.
/// </summary>
internal sealed class DeviceSightings(ChangeWriter writer, TimeProvider time, ILogger<DeviceSightings> logger)
    : IDeviceSightings, IDeviceParticipant, IHostedService
{
    private const int Capacity = 100_000;
    private const int RowsPerBatch = 1000;

    private volatile ConcurrentDictionary<DeviceKey, DeviceSighting> _devices = new();

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Writes down all that was seen; the writer stops later.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => WriteAllAsync(_devices);

    public void OnSeen(Requester requester, IPAddress? address)
    {
        var device = requester.Device;
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var devices = _devices;
        if (!devices.TryGetValue(device, out var sighting))
        {
            if (devices.Count >= Capacity
                && Interlocked.CompareExchange(ref _devices, new(), devices) == devices)
            {
                _ = WriteAllAsync(devices);
            }

            sighting = _devices.GetOrAdd(device, new DeviceSighting(now));
        }

        if (sighting.See(now, address))
        {
            _ = WriteAsync(KeyValuePair.Create(device, sighting));
        }
    }

    /// <summary>When and from where the device was last seen since the server started, if it was.</summary>
    public (long Ts, string? Address)? Find(DeviceKey device) =>
        _devices.TryGetValue(device, out var sighting) ? (sighting.Ts, sighting.Address?.ToString()) : null;

    public ValueTask OnRemovedAsync(ChangeBatch batch, UserId userId, DeviceId deviceId)
    {
        batch.Delete(new DeviceSightingRow { UserId = userId, DeviceId = deviceId });
        batch.OnApplied(() => _devices.TryRemove(new(userId, deviceId), out _));
        return ValueTask.CompletedTask;
    }

    private async Task WriteAllAsync(IEnumerable<KeyValuePair<DeviceKey, DeviceSighting>> devices)
    {
        foreach (var some in devices.Chunk(RowsPerBatch))
        {
            await WriteAsync(some);
        }
    }

    private async Task WriteAsync(params KeyValuePair<DeviceKey, DeviceSighting>[] devices)
    {
        List<UserId> users = [.. devices.Select(device => device.Key.UserId).Distinct()];
        try
        {
            await writer.SubmitAsync(
                async batch =>
                {
                    var present = await ReadPresentAsync(batch, users);
                    foreach (var (device, sighting) in devices.Where(device => present.Contains(device.Key)))
                    {
                        batch.Upsert(sighting.ToRow(device));
                    }
                },
                CancellationToken.None,
                ChangeDurability.Volatile);
        }
        catch (Exception exception)
        {
            logger.SightingsNotWritten(devices.Length, exception);
        }
    }

    /// <summary>The devices of the users, without those that go in this batch: their rows must not come back.</summary>
    private static async Task<HashSet<DeviceKey>> ReadPresentAsync(ChangeBatch batch, List<UserId> users)
    {
        var rows = await batch.ReadAsync((database, cancellationToken) => database.Set<DeviceRow>().AsNoTracking()
            .Where(row => EF.Parameter(users).Contains(row.UserId)).ToListAsync(cancellationToken));
        var gone = batch.Changes.OfType<DeviceChange>().Where(change => change.IsRemoval)
            .Select(change => new DeviceKey(change.Owner, change.DeviceId));
        return [.. rows.Select(row => new DeviceKey(row.UserId, row.DeviceId)).Except(gone)];
    }
}
