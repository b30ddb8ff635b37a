using Matrix.Realtime.Errors;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.Authorization;
using Matrix.Realtime.Rooms.Creation;
using Matrix.Realtime.Rooms.Events;
using Matrix.Realtime.Rooms.Membership;
using Matrix.Realtime.Rooms.State;
using Matrix.Realtime.Rooms.Versions;
using Matrix.Realtime.Rooms.Writing;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.Rooms.Upgrades;

/// <summary>
/// Replaces rooms: the new room, the old one's tombstone and what moves between them become visible at once.
/// </summary>
internal sealed class RoomUpgradeService(
    ChangeWriter writer,
    RoomFounding founding,
    RoomEventWriter events,
    RoomStates states,
    RoomTable rooms,
    IMemberProfiles profiles,
    IEnumerable<IRoomUpgradeParticipant> participants)
{
    /// <summary>How many bans are copied at once, so that others need not wait long for the writer.</summary>
    private const int BansPerChange = 500;

    private readonly IRoomUpgradeParticipant[] _participants = [.. participants];

    /// <summary>Replaces a room and returns the new one.</summary>
    /// <exception cref="MatrixException">403: the user is not in the room, or may not upgrade it.</exception>
    public async Task<RoomId> UpgradeAsync(
        UserId userId, RoomId roomId, UpgradeRoomRequest request, CancellationToken cancellationToken)
    {
        var upgrade = new RoomUpgrade(userId, RoomVersion.Require(request.NewVersion), request.AdditionalCreators);
        await states.GetRoomAsync(states.Current, roomId, cancellationToken);
        var (successor, bans) = await writer.SubmitAsync(
            batch => ReplaceAsync(batch, roomId, upgrade), cancellationToken);
        foreach (var some in bans.Skip(BansPerChange).Chunk(BansPerChange))
        {
            await writer.SubmitAsync(batch => AppendAllowedAsync(batch, successor, some), CancellationToken.None);
        }

        return successor;
    }

    private async ValueTask<(RoomId Successor, IReadOnlyList<EventDraft> Bans)> ReplaceAsync(
        ChangeBatch batch, RoomId roomId, RoomUpgrade upgrade)
    {
        var old = await batch.GetAsync(rooms, roomId);
        RequirePower(old, upgrade.UpgradedBy);
        var successor = await FoundAsync(batch, old, upgrade);
        var profile = await profiles.GetAsync(batch, upgrade.UpgradedBy);
        await AppendAsync(batch, successor, upgrade.Join(profile));
        foreach (var participant in _participants)
        {
            await participant.OnUpgradeAsync(batch, roomId, successor, upgrade.UpgradedBy);
        }

        // Power levels come last: until then the creator may do all this, whatever they may do afterwards.
        List<EventDraft> bans = [.. upgrade.Bans(old)];
        EventDraft[] copied = [.. upgrade.State(old), .. bans.Take(BansPerChange)];
        foreach (var draft in copied)
        {
            await AppendAsync(batch, successor, draft);
        }

        await AppendAsync(batch, successor, upgrade.PowerLevels(UpgradedPowerLevels.Translate(old, upgrade)));
        await AppendAllowedAsync(batch, roomId, [upgrade.PowerLevels(UpgradedPowerLevels.Close(old))]);
        return (successor, bans);
    }

    private static void RequirePower(RoomState room, UserId userId)
    {
        if (room.MembershipOf(userId) != Memberships.Join)
        {
            throw MatrixException.Forbidden("You are not joined to this room.");
        }

        var powerLevels = PowerLevels.Of(room.Version!, room);
        if (powerLevels.Of(userId) < powerLevels.ToSend(EventTypes.Tombstone, isState: true))
        {
            throw MatrixException.Forbidden("Your power level does not allow you to upgrade this room.");
        }
    }

    /// <summary>
    /// Creates the new room and writes the old one's tombstone. Each names the other, so the one whose id is known in
    /// advance comes second.
    /// </summary>
    private async ValueTask<RoomId> FoundAsync(ChangeBatch batch, RoomState old, RoomUpgrade upgrade)
    {
        var version = upgrade.Version;
        if (version.CreateEventIsRoomId)
        {
            var content = upgrade.CreateContent(old, last: null);
            var founded = await founding.CreateAsync(batch, version, null, upgrade.UpgradedBy, content);
            await events.AppendAsync(batch, old, upgrade.Tombstone(founded));
            return founded;
        }

        var successor = founding.NewRoomId();
        var tombstone = await events.AppendAsync(batch, old, upgrade.Tombstone(successor));
        return await founding.CreateAsync(
            batch, version, successor, upgrade.UpgradedBy, upgrade.CreateContent(old, tombstone.EventId));
    }

    private async ValueTask AppendAsync(ChangeBatch batch, RoomId roomId, EventDraft draft) =>
        await events.AppendAsync(batch, await batch.GetAsync(rooms, roomId), draft);

    /// <summary>Appends what the room's rules allow.</summary>
    private async ValueTask AppendAllowedAsync(ChangeBatch batch, RoomId roomId, IReadOnlyList<EventDraft> drafts)
    {
        foreach (var draft in drafts)
        {
            var before = batch.Save();
            try
            {
                await AppendAsync(batch, roomId, draft);
            }
            catch (MatrixException refusal) when (refusal.ErrorCode == MatrixErrorCodes.Forbidden)
            {
                batch.Restore(before);
            }
        }
    }
}
