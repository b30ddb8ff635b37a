using Matrix.Realtime.Http;

namespace Matrix.Realtime.Presence;

/// <summary>An open sync: for as long as it is, its device is there.</summary>
internal readonly struct PresencePoll(PresenceTracker? tracker, Requester requester) : IDisposable
{
    public void Dispose() => tracker?.Close(requester);
}
