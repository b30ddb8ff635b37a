using System.Collections.Concurrent;
using System.Net;
using Matrix.Realtime.Http;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Streams;
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

    private readonly ConcurrentDictionary<DeviceKey, DeviceSighting> _devices = new();

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Writes down all that was seen; the writer stops later.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        foreach (var devices in _devices.Chunk(RowsPerBatch))
        {
            await WriteAsync(devices);
        }
    }

    public void OnSeen(Requester requester, IPAddress? address)
    {
        var device = requester.Device;
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        if (!_devices.TryGetValue(device, out var sighting))
        {
            if (_devices.Count >= Capacity)
            {
                // What is lost is written already, but for the last hour.
                _devices.Clear();
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
        batch.OnApplied(() =>
        {
            if (_devices.TryRemove(new(userId, deviceId), out var sighting))
            {
                sighting.IsOver = true;
            }
        });
        return ValueTask.CompletedTask;
    }

    private async Task WriteAsync(params KeyValuePair<DeviceKey, DeviceSighting>[] devices)
    {
        try
        {
            await writer.SubmitAsync(
                batch =>
                {
                    foreach (var (device, sighting) in devices.Where(device => !device.Value.IsOver))
                    {
                        batch.Upsert(sighting.ToRow(device));
                    }

                    return ValueTask.CompletedTask;
                },
                CancellationToken.None,
                ChangeDurability.Volatile);
        }
        catch (Exception exception)
        {
            logger.SightingsNotWritten(devices.Length, exception);
        }
    }
}
