using System.Text.Json;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Json;
using Matrix.Realtime.RoomDirectory.Aliases;
using Matrix.Realtime.RoomDirectory.Listing;
using Matrix.Realtime.Rooms.Events;
using Matrix.Realtime.Rooms.State;
using Matrix.Realtime.Rooms.Upgrades;
using Matrix.Realtime.Rooms.Writing;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.RoomDirectory;

/// <summary>Lets a room's successor be found where the room was: by its aliases and among the public rooms.</summary>
internal sealed class UpgradedRoomAddresses(
    RoomAliases aliases, PublishedRoomTable published, RoomTable rooms, RoomEventWriter events, LiveState live)
    : IRoomUpgradeParticipant
{
    public async ValueTask PrepareAsync(RoomId predecessor, CancellationToken cancellationToken)
    {
        await live.GetAsync(live.Current, published, default, cancellationToken);
        foreach (var alias in await aliases.GetAllAsync(predecessor, cancellationToken))
        {
            await aliases.FindAsync(alias, cancellationToken);
        }
    }

    public async ValueTask OnUpgradeAsync(
        ChangeBatch batch, RoomId predecessor, RoomId successor, UserId upgradedBy)
    {
        await aliases.MoveAsync(batch, predecessor, successor);
        await MoveCanonicalAsync(batch, predecessor, successor, upgradedBy);
        if ((await batch.GetAsync(published, default)).Contains(predecessor))
        {
            RoomListingService.Write(batch, await batch.GetAsync(rooms, successor), isPublic: true);
            RoomListingService.Write(batch, await batch.GetAsync(rooms, predecessor), isPublic: false);
        }
    }

    /// <summary>
    /// The new room names those of its aliases that the old one named, and the old one no longer does, if the user may
    /// change that.
    /// </summary>
    private async ValueTask MoveCanonicalAsync(
        ChangeBatch batch, RoomId predecessor, RoomId successor, UserId upgradedBy)
    {
        var old = await batch.GetAsync(rooms, predecessor);
        if (old.Find(EventTypes.CanonicalAlias, string.Empty)?.Content is not { } content)
        {
            return;
        }

        var (moved, left) = (content, content);
        foreach (var alias in CanonicalAliasContent.Read(content).Select(RoomAlias.Parse))
        {
            if ((await aliases.GetAsync(batch, alias)).RoomId == successor)
            {
                left = Without(left, alias);
            }
            else
            {
                moved = Without(moved, alias);
            }
        }

        if (CanonicalAliasContent.Read(moved).Count > 0)
        {
            await events.AppendAsync(batch, await batch.GetAsync(rooms, successor), Draft(upgradedBy, moved));
            await events.TryAppendAsync(batch, old, Draft(upgradedBy, left));
        }
    }

    private static JsonElement Without(JsonElement content, RoomAlias alias) =>
        CanonicalAliasContent.Without(content, alias) is { } kept ? JsonElement.Parse(kept) : content;

    private static EventDraft Draft(UserId sender, JsonElement content) => new()
    {
        Type = EventTypes.CanonicalAlias,
        StateKey = string.Empty,
        Sender = sender,
        Content = CanonicalJson.Serialize(content),
    };
}
