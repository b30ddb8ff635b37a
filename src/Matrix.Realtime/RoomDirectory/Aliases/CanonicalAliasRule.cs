using Matrix.Realtime.Errors;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.Events;
using Matrix.Realtime.Rooms.State;
using Matrix.Realtime.Rooms.Writing;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.RoomDirectory.Aliases;

/// <summary>Refuses canonical aliases that do not point at their room, whichever way they are set.</summary>
internal sealed class CanonicalAliasRule(RoomAliases aliases, RoomTable rooms) : IRoomEventParticipant
{
    public async ValueTask OnEventAsync(ChangeBatch batch, RoomEventChange change)
    {
        if (change.Pdu is not { Type: EventTypes.CanonicalAlias, StateKey: "" } pdu)
        {
            return;
        }

        if (!CanonicalAliasContent.IsWellFormed(pdu.Content))
        {
            throw MatrixException.InvalidParam("'alias' must be a string and 'alt_aliases' a list of strings.");
        }

        // What was there before may have lost its alias since, and must not keep the rest from being changed.
        var room = await batch.GetAsync(rooms, pdu.RoomId);
        var before = room.Recent[^1].Replaced is { } replaced ? CanonicalAliasContent.Read(replaced.Content) : null;
        foreach (var added in CanonicalAliasContent.Read(pdu.Content).Where(alias => before?.Contains(alias) != true))
        {
            await RequireToPointAsync(batch, added, pdu.RoomId);
        }
    }

    private async ValueTask RequireToPointAsync(ChangeBatch batch, string text, RoomId roomId)
    {
        if (!RoomAlias.TryParse(text, out var alias))
        {
            throw MatrixException.InvalidParam($"'{text}' is not a room alias.");
        }

        if ((await aliases.GetAsync(batch, alias)).RoomId != roomId)
        {
            throw MatrixException.BadRequest(MatrixErrorCodes.BadAlias, $"{alias} does not point at this room.");
        }
    }
}
