using Matrix.Realtime.Errors;
using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.Rooms.Addresses;

/// <summary>Finds the room that a path names, by its identifier or by an alias.</summary>
internal sealed class RoomAddresses(IRoomDirectory directory)
{
    /// <exception cref="MatrixException">M_NOT_FOUND: an alias that points nowhere; M_INVALID_PARAM: neither an
    /// identifier nor an alias.</exception>
    public async ValueTask<RoomId> ResolveAsync(string roomIdOrAlias, CancellationToken cancellationToken)
    {
        if (RoomId.TryParse(roomIdOrAlias, out var roomId))
        {
            return roomId;
        }

        return RoomAlias.TryParse(roomIdOrAlias, out var alias)
            ? await directory.FindAsync(alias, cancellationToken)
                ?? throw MatrixException.NotFound("There is no such room alias.")
            : throw MatrixException.InvalidParam("This is neither a room id nor a room alias.");
    }
}
