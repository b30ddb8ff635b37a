using Matrix.Realtime.Errors;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.State;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.RoomDirectory.Listing;

/// <summary>Puts rooms on the list of public rooms and takes them off.</summary>
internal sealed class RoomListingService(
    ChangeWriter writer,
    LiveState live,
    RoomTable rooms,
    PublishedRoomTable published,
    DirectoryPower power)
{
    /// <exception cref="MatrixException">404: there is no such room.</exception>
    public async Task<RoomVisibility> GetAsync(RoomId roomId, CancellationToken cancellationToken)
    {
        await RequireKnownAsync(roomId, cancellationToken);
        var list = await live.GetAsync(live.Current, published, default, cancellationToken);
        return RoomVisibility.Of(list.Contains(roomId));
    }

    /// <exception cref="MatrixException">404: there is no such room; 403: the user has no power over how it is
    /// found.</exception>
    public async Task SetAsync(UserId userId, RoomId roomId, bool isPublic, CancellationToken cancellationToken)
    {
        await RequireKnownAsync(roomId, cancellationToken);
        await live.GetAsync(live.Current, published, default, cancellationToken);
        await writer.SubmitAsync(
            async batch =>
            {
                var room = await batch.GetAsync(rooms, roomId);
                if (!power.Has(userId, room))
                {
                    throw MatrixException.Forbidden("You do not have permission to list this room or take it off.");
                }

                if ((await batch.GetAsync(published, default)).Contains(roomId) != isPublic)
                {
                    Write(batch, room, isPublic);
                }
            },
            cancellationToken);
    }

    /// <summary>Lists a room, or takes it off.</summary>
    public static void Write(ChangeBatch batch, RoomState room, bool isPublic)
    {
        var position = batch.Append(new PublicationChange(room.RoomId, isPublic ? RoomFacts.Of(room) : null));
        batch.Upsert(new PublishedRoomRow { RoomId = room.RoomId, IsPublished = isPublic, Position = position });
    }

    private async Task RequireKnownAsync(RoomId roomId, CancellationToken cancellationToken)
    {
        if (!(await live.GetAsync(live.Current, rooms, roomId, cancellationToken)).Exists)
        {
            throw MatrixException.NotFound("There is no such room on this server.");
        }
    }
}
