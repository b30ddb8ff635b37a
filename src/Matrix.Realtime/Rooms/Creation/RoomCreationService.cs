using System.Text.Json;
using Matrix.Realtime.Errors;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Json;
using Matrix.Realtime.Rooms.Addresses;
using Matrix.Realtime.Rooms.Authorization;
using Matrix.Realtime.Rooms.Events;
using Matrix.Realtime.Rooms.Membership;
using Matrix.Realtime.Rooms.State;
using Matrix.Realtime.Rooms.Versions;
using Matrix.Realtime.Rooms.Writing;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.Rooms.Creation;

/// <summary>Creates rooms: all their first events in one change, in the order that the specification gives.</summary>
internal sealed class RoomCreationService(
    ChangeWriter writer,
    RoomFounding founding,
    RoomEventWriter events,
    RoomTable rooms,
    MembershipService membership,
    IMemberProfiles memberProfiles,
    LocalAliases aliases,
    IRoomDirectory directory)
{
    /// <summary>Creates a room and returns its identifier.</summary>
    /// <exception cref="MatrixException">The request asks for what its own rules forbid; then there is no
    /// room.</exception>
    public async Task<RoomId> CreateAsync(UserId creator, CreateRoomRequest request, CancellationToken cancellationToken)
    {
        foreach (var invited in request.Invite ?? [])
        {
            membership.RequireLocal(invited);
        }

        await PrepareAsync(creator, request.Invite ?? [], cancellationToken);
        var version = request.RoomVersion is null ? RoomVersion.Default : RoomVersion.Require(request.RoomVersion);
        var isPublic = request.Visibility == "public";
        var preset = RoomPreset.TryGet(request.Preset, out var named) ? named : RoomPreset.ForVisibility(isPublic);
        var create = CreateContent(version, creator, preset, request);
        var peers = PeersOf(version, create, preset, request);
        var alias = await FindAliasAsync(request.RoomAliasName, cancellationToken);
        return await writer.SubmitAsync(
            async batch =>
            {
                var roomId = await founding.CreateAsync(batch, version, founding.NewRoomId(version), creator, create);
                await ClaimAsync(batch, alias, roomId, creator);
                var profiles = await ProfilesAsync(batch, [creator, .. request.Invite ?? []]);
                var drafts = RoomDrafts.Of(version, creator, preset, request, peers, alias, user => profiles[user]);
                await AppendAllAsync(batch, roomId, drafts);
                if (isPublic)
                {
                    directory.Publish(batch, await batch.GetAsync(rooms, roomId));
                }

                return roomId;
            },
            cancellationToken);
    }

    /// <summary>Loads what the writer's loop would have to wait for.</summary>
    private async ValueTask PrepareAsync(
        UserId creator, IEnumerable<UserId> invited, CancellationToken cancellationToken)
    {
        await memberProfiles.PrepareAsync(creator, cancellationToken);
        foreach (var user in invited)
        {
            await membership.PrepareInviteAsync(user, cancellationToken);
        }
    }

    private async ValueTask<RoomAlias?> FindAliasAsync(string? localpart, CancellationToken cancellationToken)
    {
        if (localpart is null)
        {
            return null;
        }

        // Looked up here only so that the writer's loop need not wait for it; that is where the alias is claimed.
        var alias = aliases.FromLocalpart(localpart);
        await directory.FindAsync(alias, cancellationToken);
        return alias;
    }

    private async ValueTask ClaimAsync(ChangeBatch batch, RoomAlias? alias, RoomId roomId, UserId creator)
    {
        if (alias is { } wanted && !await directory.TryClaimAsync(batch, wanted, roomId, creator))
        {
            throw MatrixException.BadRequest(MatrixErrorCodes.RoomInUse, "The room alias is taken.");
        }
    }

    private async ValueTask<Dictionary<UserId, MemberProfile>> ProfilesAsync(
        ChangeBatch batch, IEnumerable<UserId> users)
    {
        var found = new Dictionary<UserId, MemberProfile>();
        foreach (var user in users)
        {
            found[user] = await memberProfiles.GetAsync(batch, user);
        }

        return found;
    }

    /// <summary>
    /// Does without those who take no invites, unless that is everybody who was to be invited: then the creator had
    /// rather know than sit in a room alone.
    /// </summary>
    private async ValueTask AppendAllAsync(ChangeBatch batch, RoomId roomId, IEnumerable<EventDraft> drafts)
    {
        MatrixException? refused = null;
        var invited = 0;
        foreach (var draft in drafts)
        {
            var before = batch.Save();
            try
            {
                await AppendAsync(batch, roomId, draft);
                invited += draft.Type == EventTypes.Member && draft.StateKey != draft.Sender.Value ? 1 : 0;
            }
            catch (MatrixException refusal) when (refusal.ErrorCode == MatrixErrorCodes.InviteBlocked)
            {
                batch.Restore(before);
                refused = refusal;
            }
        }

        if (refused is not null && invited == 0)
        {
            throw refused;
        }
    }

    private async ValueTask AppendAsync(ChangeBatch batch, RoomId roomId, EventDraft draft)
    {
        try
        {
            await events.AppendAsync(batch, await batch.GetAsync(rooms, roomId), draft);
        }
        catch (MatrixException refusal) when (refusal.ErrorCode == MatrixErrorCodes.Forbidden)
        {
            throw MatrixException.BadRequest(MatrixErrorCodes.InvalidRoomState, refusal.Message);
        }
    }

    private static byte[] CreateContent(
        RoomVersion version, UserId creator, RoomPreset preset, CreateRoomRequest request)
    {
        var content = (request.CreationContent is { } given ? new CanonicalObject(given) : new()).Without("creator");
        content.Set("room_version", version.Id);
        if (version.CreatorInContent)
        {
            content.Set("creator", creator.Value);
        }

        if (!version.CreatorsArePrivileged)
        {
            return content.ToBytes();
        }

        var named = JsonElement.Parse(content.ToBytes());
        if (!RoomCreators.AreValid(named))
        {
            throw MatrixException.BadJson("'additional_creators' must be a list of user ids.");
        }

        if (preset.TrustsInvitees && request.Invite is { Count: > 0 } invited)
        {
            var creators = RoomCreators.Additional(named).Concat(invited).Where(user => user != creator).Distinct();
            content.Set("additional_creators", creators.Select(user => user.Value));
        }

        return content.ToBytes();
    }

    /// <summary>
    /// Who gets the creator's power: trusted invitees, and the additional creators that the client names.
    /// </summary>
    private static IReadOnlyCollection<UserId> PeersOf(
        RoomVersion version, byte[] create, RoomPreset preset, CreateRoomRequest request) =>
    [
        .. (version.CreatorsArePrivileged ? RoomCreators.Additional(JsonElement.Parse(create)) : [])
            .Concat(preset.TrustsInvitees ? request.Invite ?? [] : []).Distinct(),
    ];
}
