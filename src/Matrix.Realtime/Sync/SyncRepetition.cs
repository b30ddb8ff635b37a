using System.Runtime.CompilerServices;
using Matrix.Realtime.Http;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.Sync;

/// <summary>What two syncs have in common when one repeats the other. How long they wait does not matter.</summary>
/// <remarks>
/// The session is the requester as an object, not by its ids: after a logout, a device of the same name has another.
/// </remarks>
internal readonly struct SyncRepetition(SyncRequest request) : IEquatable<SyncRepetition>
{
    private readonly Requester _session = request.Requester;
    private readonly StreamToken? _since = request.Since;
    private readonly string? _filter = request.FilterName;
    private readonly bool _fullState = request.FullState;
    private readonly StateFormat _stateFormat = request.StateFormat;

    public bool Equals(SyncRepetition other) =>
        ReferenceEquals(_session, other._session)
        && _since == other._since
        && _filter == other._filter
        && _fullState == other._fullState
        && _stateFormat == other._stateFormat;

    public override bool Equals(object? obj) => obj is SyncRepetition other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(RuntimeHelpers.GetHashCode(_session), _since, _filter);
}
