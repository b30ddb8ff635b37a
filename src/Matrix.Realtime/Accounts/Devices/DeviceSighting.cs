using System.Net;
using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.Accounts.Devices;

/// <summary>When and from where a device was last seen. For any number of threads; the latest one stands.</summary>
/// <param name="firstTs">When it was first seen by this process, in Unix milliseconds.</param>
internal sealed class DeviceSighting(long firstTs)
{
    private static readonly long WriteEvery = (long)TimeSpan.FromHours(1).TotalMilliseconds;

    private long _ts = firstTs;
    private long _writtenTs = firstTs;
    private volatile IPAddress? _address;

    public long Ts => Volatile.Read(ref _ts);

    public IPAddress? Address => _address;

    /// <summary>Takes note of a request; returns whether it is time to write it down.</summary>
    public bool See(long now, IPAddress? address)
    {
        _address = address;
        Volatile.Write(ref _ts, now);
        var written = Volatile.Read(ref _writtenTs);
        return now - written >= WriteEvery && Interlocked.CompareExchange(ref _writtenTs, now, written) == written;
    }

    public DeviceSightingRow ToRow(DeviceKey device) => new()
    {
        UserId = device.UserId,
        DeviceId = device.DeviceId,
        SeenTs = Ts,
        Address = Address?.ToString(),
    };
}
