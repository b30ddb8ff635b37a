using Matrix.Realtime.Http;
using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.Receipts;

/// <summary>The read marker, which the receipt endpoint sets too.</summary>
internal interface IFullyReadMarker
{
    /// <summary>Moves the caller's marker forward, or back if that is allowed.</summary>
    Task SetAsync(
        Requester requester, RoomId roomId, EventId eventId, bool allowBackward, CancellationToken cancellationToken);
}
