using System.Collections.Immutable;
using System.Text.Json;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.Events;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.AccountData;

/// <summary>All account data of one user.</summary>
internal sealed record AccountDataState : LiveSnapshot
{
    private static readonly ImmutableDictionary<string, AccountDataEntry> None =
        ImmutableDictionary.Create<string, AccountDataEntry>(StringComparer.Ordinal);

    public required UserId UserId { get; init; }

    public ImmutableDictionary<string, AccountDataEntry> Global { get; init; } = None;

    public ImmutableDictionary<RoomId, ImmutableDictionary<string, AccountDataEntry>> Rooms { get; init; } = [];

    public IgnoredUsers Ignored { get; init; } = IgnoredUsers.None;

    public override int Weight => 1 + Global.Count + Rooms.Sum(room => room.Value.Count);

    /// <summary>Whether the user takes no invites (client-server API, "Invite permission").</summary>
    public bool BlocksInvites =>
        Global.TryGetValue(AccountDataTypes.InvitePermissionConfig, out var config)
        && JsonElement.Parse(config.Content).String("default_action") == "block";

    /// <summary>The entries of a room.</summary>
    public ImmutableDictionary<string, AccountDataEntry> Of(RoomId roomId) => Rooms.GetValueOrDefault(roomId, None);

    public AccountDataEntry? Find(RoomId? roomId, string type) =>
        (roomId is { } room ? Of(room) : Global).GetValueOrDefault(type);

    public AccountDataState With(RoomId? roomId, AccountDataEntry entry)
    {
        var state = roomId is { } room
            ? this with { Rooms = Rooms.SetItem(room, Of(room).SetItem(entry.Type, entry)) }
            : this with { Global = Global.SetItem(entry.Type, entry) };
        return state with { Position = StreamPosition.Max(Position, entry.Position), Used = true };
    }
}
