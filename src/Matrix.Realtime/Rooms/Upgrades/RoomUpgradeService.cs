using System.Text.Json;
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
    /// <summary>How many bans are copied at once if they may follow, so that others need not wait long for the writer.</summary>
    private const int BansPerChange = 500;

    private readonly IRoomUpgradeParticipant[] _participants = [.. participants];

    /// <summary>Replaces a room and returns the new one.</summary>
    /// <exception cref="MatrixException">403: the user is not in the room, or may not upgrade it.</exception>
    public async Task<RoomId> UpgradeAsync(
        UserId userId, RoomId roomId, UpgradeRoomRequest request, CancellationToken cancellationToken)
    {
        var upgrade = new RoomUpgrade(userId, RoomVersion.Require(request.NewVersion), request.AdditionalCreators);
        await PrepareAsync(roomId, userId, cancellationToken);
        var (successor, bans) = await writer.SubmitAsync(
            batch => ReplaceAsync(batch, roomId, upgrade), cancellationToken);
        foreach (var some in bans.Chunk(BansPerChange))
        {
            await writer.SubmitAsync(batch => AppendAllowedAsync(batch, successor, some), CancellationToken.None);
        }

        return successor;
    }

    private async Task PrepareAsync(RoomId roomId, UserId userId, CancellationToken cancellationToken)
    {
        RequirePower(await states.GetRoomAsync(states.Current, roomId, cancellationToken), userId);
        foreach (var participant in _participants)
        {
            await participant.PrepareAsync(roomId, cancellationToken);
        }
    }

    /// <summary>Replaces the room but for the bans that may as well follow.</summary>
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
        var content = UpgradedPowerLevels.Translate(old, upgrade);
        var powerLevels = PowerLevels.Of(
            upgrade.Version, await batch.GetAsync(rooms, successor), JsonElement.Parse(content));
        var bans = upgrade.Bans(old)
            .ToLookup(ban => powerLevels.MayBan(upgrade.UpgradedBy, UserId.Parse(ban.StateKey!)));
        EventDraft[] copied = [.. upgrade.State(old), .. bans[false], .. bans[true].Take(BansPerChange)];
        foreach (var draft in copied)
        {
            await AppendAsync(batch, successor, draft);
        }

        await AppendAsync(batch, successor, upgrade.PowerLevels(content));
        var closed = upgrade.PowerLevels(UpgradedPowerLevels.Close(old));
        await events.TryAppendAsync(batch, await batch.GetAsync(rooms, roomId), closed);
        return (successor, [.. bans[true].Skip(BansPerChange)]);
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
        if (founding.NewRoomId(upgrade.Version) is { } successor)
        {
            var tombstone = await events.AppendAsync(batch, old, upgrade.Tombstone(successor));
            return await founding.CreateAsync(
                batch, upgrade.Version, successor, upgrade.UpgradedBy, upgrade.CreateContent(old, tombstone.EventId));
        }

        var founded = await founding.CreateAsync(
            batch, upgrade.Version, null, upgrade.UpgradedBy, upgrade.CreateContent(old, last: null));
        await events.AppendAsync(batch, old, upgrade.Tombstone(founded));
        return founded;
    }

    private async ValueTask AppendAsync(ChangeBatch batch, RoomId roomId, EventDraft draft) =>
        await events.AppendAsync(batch, await batch.GetAsync(rooms, roomId), draft);

    private async ValueTask AppendAllowedAsync(ChangeBatch batch, RoomId roomId, IReadOnlyList<EventDraft> drafts)
    {
        foreach (var draft in drafts)
        {
            await events.TryAppendAsync(batch, await batch.GetAsync(rooms, roomId), draft);
        }
    }
}
