using Matrix.Realtime.Accounts.Devices;
using Matrix.Realtime.Errors;
using Matrix.Realtime.Http;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Streams;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Matrix.Realtime.Sync.Streaming;

/// <summary>The streams that are open: no more for each user than is allowed, and none for a device that is gone.</summary>
internal sealed class SyncStreams(IOptions<RealtimeOptions> options, IHostApplicationLifetime lifetime) : IDeviceParticipant
{
    /// <summary>Guards the dictionary and its lists, and keeps a stream from being disposed while it is ended.</summary>
    private readonly Lock _lock = new();

    private readonly Dictionary<UserId, List<SyncStream>> _streams = [];

    /// <summary>Opens a stream, until it is disposed.</summary>
    /// <exception cref="MatrixException">429: the user has as many streams as one may have.</exception>
    public SyncStream Open(Requester requester, CancellationToken clientGone)
    {
        lock (_lock)
        {
            if (!_streams.TryGetValue(requester.UserId, out var streams))
            {
                _streams.Add(requester.UserId, streams = []);
            }

            if (streams.Count >= options.Value.Sync.MaxStreamsPerUser)
            {
                throw MatrixException.LimitExceeded(options.Value.Sync.StreamHeartbeat);
            }

            var stream = new SyncStream(this, requester, clientGone, lifetime.ApplicationStopping);
            streams.Add(stream);
            return stream;
        }
    }

    public void Remove(SyncStream stream)
    {
        lock (_lock)
        {
            var streams = _streams[stream.Requester.UserId];
            streams.Remove(stream);
            if (streams.Count == 0)
            {
                _streams.Remove(stream.Requester.UserId);
            }
        }
    }

    public ValueTask OnRemovedAsync(ChangeBatch batch, UserId userId, DeviceId deviceId)
    {
        batch.OnApplied(() => End(userId, deviceId));
        return ValueTask.CompletedTask;
    }

    private void End(UserId userId, DeviceId deviceId)
    {
        lock (_lock)
        {
            foreach (var stream in _streams.GetValueOrDefault(userId, []))
            {
                if (stream.Requester.DeviceId == deviceId)
                {
                    stream.End();
                }
            }
        }
    }
}
