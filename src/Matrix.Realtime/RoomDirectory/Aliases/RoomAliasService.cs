using Matrix.Realtime.Errors;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.Addresses;
using Matrix.Realtime.Rooms.Authorization;
using Matrix.Realtime.Rooms.Events;
using Matrix.Realtime.Rooms.State;
using Matrix.Realtime.Rooms.Writing;
using Matrix.Realtime.Streams;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Matrix.Realtime.RoomDirectory.Aliases;

/// <summary>Gives rooms aliases, takes them back and finds rooms by them.</summary>
internal sealed class RoomAliasService(
    ChangeWriter writer,
    RoomAliases aliases,
    LocalAliases local,
    DirectoryPower power,
    RoomEventWriter events,
    RoomStates states,
    RoomTable rooms,
    IOptions<RealtimeOptions> options)
{
    /// <exception cref="MatrixException">404: the alias points at no room that this server knows.</exception>
    public async Task<RoomAliasResponse> GetAsync(RoomAlias alias, CancellationToken cancellationToken) =>
        await aliases.FindAsync(alias, cancellationToken) is { } roomId
            ? new RoomAliasResponse(roomId, [options.Value.ServerName])
            : throw NotFound();

    /// <exception cref="MatrixException">400: not an alias of this server; 403: the user is not in the room; 409: the
    /// alias is taken.</exception>
    public async Task AddAsync(UserId userId, RoomAlias alias, RoomId roomId, CancellationToken cancellationToken)
    {
        local.Require(alias);
        await PreloadAsync(alias, roomId, cancellationToken);
        await writer.SubmitAsync(
            async batch =>
            {
                if (!(await batch.GetAsync(rooms, roomId)).IsJoined(userId))
                {
                    throw MatrixException.Forbidden("You are not joined to this room.");
                }

                if (!await aliases.TryClaimAsync(batch, alias, roomId, userId))
                {
                    throw new MatrixException(
                        StatusCodes.Status409Conflict, MatrixErrorCodes.Unknown, "The room alias is taken.");
                }
            },
            cancellationToken);
    }

    /// <summary>Deletes an alias, and takes it out of the room's canonical aliases if the user may do that.</summary>
    /// <exception cref="MatrixException">404: there is no such alias; 403: the user neither made it nor has power over
    /// the room's aliases.</exception>
    public async Task DeleteAsync(UserId userId, RoomAlias alias, CancellationToken cancellationToken)
    {
        if (await aliases.FindAsync(alias, cancellationToken) is { } known)
        {
            await PreloadAsync(alias, known, cancellationToken);
        }

        await writer.SubmitAsync(
            async batch =>
            {
                var state = await aliases.GetAsync(batch, alias);
                var room = await batch.GetAsync(rooms, state.RoomId ?? throw NotFound());
                if (state.Creator != userId && !power.Has(userId, room))
                {
                    throw MatrixException.Forbidden("You neither made this alias nor have power over its room.");
                }

                RoomAliases.Release(batch, alias, userId);
                await DropCanonicalAsync(batch, room, userId, alias);
            },
            cancellationToken);
    }

    /// <summary>All aliases of a room, for those who are in it, or for all if it is world-readable.</summary>
    /// <exception cref="MatrixException">403.</exception>
    public async Task<RoomAliasesResponse> GetAllAsync(
        UserId userId, RoomId roomId, CancellationToken cancellationToken)
    {
        var room = await states.GetRoomAsync(states.Current, roomId, cancellationToken);
        if (!room.IsJoined(userId) && !RoomFacts.Of(room).IsWorldReadable)
        {
            throw MatrixException.Forbidden("You are not joined to this room.");
        }

        return new RoomAliasesResponse(await aliases.GetAllAsync(roomId, cancellationToken));
    }

    /// <summary>Loads what the writer's loop would have to wait for.</summary>
    private async Task PreloadAsync(RoomAlias alias, RoomId roomId, CancellationToken cancellationToken)
    {
        await aliases.FindAsync(alias, cancellationToken);
        await states.GetRoomAsync(states.Current, roomId, cancellationToken);
    }

    private async ValueTask DropCanonicalAsync(ChangeBatch batch, RoomState room, UserId userId, RoomAlias alias)
    {
        if (room.Find(EventTypes.CanonicalAlias, string.Empty) is not { } canonical
            || CanonicalAliasContent.Without(canonical.Content, alias) is not { } content)
        {
            return;
        }

        // The alias goes in any case: who made it may delete it without power over the room's state.
        await events.TryAppendAsync(batch, room, new EventDraft
        {
            Type = EventTypes.CanonicalAlias,
            StateKey = string.Empty,
            Sender = userId,
            Content = content,
        });
    }

    private static MatrixException NotFound() => MatrixException.NotFound("There is no such room alias.");
}
