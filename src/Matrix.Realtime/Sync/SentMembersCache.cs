using Matrix.Realtime.Identifiers;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace Matrix.Realtime.Sync;

/// <summary>
/// Remembers, for the last tokens of each device, which members whoever holds the token has been told of. A token that is
/// not known any more stands for nobody: then they are told again.
/// </summary>
/// <remarks>
/// Keyed by the token, not by the device alone: a request that is repeated, because its answer was lost, gets the same
/// members again.
/// </remarks>
internal sealed class SentMembersCache(IOptions<RealtimeOptions> options) : IDisposable
{
    /// <summary>How many tokens are remembered for each device.</summary>
    private const int TokensPerDevice = 4;

    private static readonly TimeSpan ForgetAfter = TimeSpan.FromHours(1);

    private readonly MemoryCache _devices = new(new MemoryCacheOptions { SizeLimit = options.Value.Sync.MaxLazyDevices });

    /// <summary>The members that the client has been told of up to its token.</summary>
    public SentMembers Find(SyncRequest request) =>
        request.Since is { } since && _devices.TryGetValue(KeyOf(request), out DeviceTokens? tokens)
            ? tokens!.Find(since.Position)
            : SentMembers.None;

    /// <summary>
    /// Notes what whoever holds the token has been told of. When it was given to the device before, with another answer,
    /// only what was in both counts.
    /// </summary>
    public void Record(SyncRequest request, StreamPosition nextBatch, SentMembers sent)
    {
        var tokens = request.Filter.Room.State.LazyLoadMembers
            ? _devices.GetOrCreate(KeyOf(request), static entry =>
            {
                entry.SetSize(1).SetSlidingExpiration(ForgetAfter);
                return new DeviceTokens();
            })
            : _devices.Get<DeviceTokens>(KeyOf(request));
        tokens?.Record(nextBatch, sent);
    }

    public void Dispose() => _devices.Dispose();

    private static (UserId UserId, DeviceId DeviceId) KeyOf(SyncRequest request) =>
        (request.Requester.UserId, request.Requester.DeviceId);

    private sealed class DeviceTokens
    {
        /// <summary>Guards the list and the floor.</summary>
        private readonly Lock _lock = new();

        /// <summary>The oldest token first.</summary>
        private readonly List<(StreamPosition Token, SentMembers Sent)> _tokens = [];

        /// <summary>Tokens up to here are forgotten, and stay so.</summary>
        private StreamPosition _forgotten = StreamPosition.Zero;

        public SentMembers Find(StreamPosition token)
        {
            lock (_lock)
            {
                var index = _tokens.FindIndex(known => known.Token == token);
                return index < 0 ? SentMembers.None : _tokens[index].Sent;
            }
        }

        public void Record(StreamPosition token, SentMembers sent)
        {
            lock (_lock)
            {
                var index = _tokens.FindIndex(known => known.Token >= token);
                if (index >= 0 && _tokens[index].Token == token)
                {
                    _tokens[index] = (token, _tokens[index].Sent.And(sent));
                }
                else if (token > _forgotten)
                {
                    _tokens.Insert(index < 0 ? _tokens.Count : index, (token, sent));
                }

                if (_tokens.Count > TokensPerDevice)
                {
                    _forgotten = _tokens[0].Token;
                    _tokens.RemoveAt(0);
                }
            }
        }
    }
}
