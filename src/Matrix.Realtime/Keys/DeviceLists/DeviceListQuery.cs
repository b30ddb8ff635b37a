using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.Events;
using Matrix.Realtime.Rooms.State;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.Keys.DeviceLists;

/// <summary>What a user asks about the devices of others.</summary>
internal sealed record DeviceListQuery
{
    public required UserId UserId { get; init; }

    /// <summary>What the client has everything up to.</summary>
    public required StreamPosition Since { get; init; }

    public required LiveView View { get; init; }

    /// <summary>What is remembered for the user, who polls; null to ask the store.</summary>
    public UserFeed? Feed { get; init; }

    public required UserRooms Rooms { get; init; }

    /// <summary>Whether the user shared a room with another at <see cref="Since"/>.</summary>
    public bool SharedWith(UserRooms others) => others.Rooms.Any(room =>
        room.Value.At(Since) == Memberships.Join && Rooms[room.Key].At(Since) == Memberships.Join);

    /// <summary>Whether the user shares a room with another.</summary>
    public bool SharesWith(UserRooms others) =>
        others.Rooms.Any(room => room.Value.IsJoined && Rooms[room.Key].IsJoined);
}
