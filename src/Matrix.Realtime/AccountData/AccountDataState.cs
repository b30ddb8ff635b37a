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

    /// <summary>What belongs to no room, deleted entries too.</summary>
    public ImmutableDictionary<string, AccountDataEntry> Global { get; init; } = None;

    public ImmutableDictionary<RoomId, ImmutableDictionary<string, AccountDataEntry>> Rooms { get; init; } = [];

    public IgnoredUsers Ignored { get; init; } = IgnoredUsers.None;

    public override int Weight => 1 + Count + Ignored.Periods.Count;

    /// <summary>Whether the user takes no invites (client-server API, "Invite permission").</summary>
    public bool BlocksInvites =>
        Find(null, AccountDataTypes.InvitePermissionConfig) is { } config
        && JsonElement.Parse(config.Content).String("default_action") == "block";

    /// <summary>When the user last said whom they ignore: zero if they never did.</summary>
    public StreamPosition IgnoredSetAt =>
        Global.TryGetValue(AccountDataTypes.IgnoredUserList, out var list) ? list.Position : StreamPosition.Zero;

    /// <summary>How many entries there are.</summary>
    private int Count { get; init; }

    /// <summary>Those whom the user has begun or ceased to ignore after the position.</summary>
    public IReadOnlySet<UserId> IgnoredChangedAfter(StreamPosition position) =>
        IgnoredSetAt > position ? Ignored.ChangedAfter(position) : IgnoredUsers.None.Now;

    /// <summary>The entries of a room, deleted ones too.</summary>
    public ImmutableDictionary<string, AccountDataEntry> Of(RoomId roomId) => Rooms.GetValueOrDefault(roomId, None);

    /// <summary>The entry of a type, unless it is deleted.</summary>
    public AccountDataEntry? Find(RoomId? roomId, string type) =>
        (roomId is { } room ? Of(room) : Global).TryGetValue(type, out var entry) && !entry.IsDeleted ? entry : null;

    public AccountDataState With(RoomId? roomId, AccountDataEntry entry)
    {
        var state = roomId is { } room
            ? this with { Rooms = Rooms.SetItem(room, Of(room).SetItem(entry.Type, entry)) }
            : this with { Global = Global.SetItem(entry.Type, entry) };
        var isKnown = (roomId is { } known ? Of(known) : Global).ContainsKey(entry.Type);
        return state with
        {
            Position = StreamPosition.Max(Position, entry.Position),
            Used = true,
            Count = isKnown ? Count : Count + 1,
        };
    }
}
