using System.Diagnostics.CodeAnalysis;

namespace Matrix.Realtime.Rooms.Versions;

/// <summary>A room version that this server knows, told apart by what it does differently.</summary>
/// <remarks>Common to all: strict canonical JSON, integer power levels, restricted rooms and knocking.</remarks>
internal sealed class RoomVersion
{
    public static readonly RoomVersion V10 = new()
    {
        Id = "10",
        CreatorInContent = true,
        CreateInAuthEvents = true,
    };

    public static readonly RoomVersion V11 = new()
    {
        Id = "11",
        CreateInAuthEvents = true,
        RedactsInContent = true,
        KeepsMoreOnRedaction = true,
    };

    public static readonly RoomVersion V12 = new()
    {
        Id = "12",
        RedactsInContent = true,
        KeepsMoreOnRedaction = true,
        CreateEventIsRoomId = true,
        CreatorsArePrivileged = true,
    };

    /// <summary>All known versions, the oldest first.</summary>
    public static readonly IReadOnlyList<RoomVersion> All = [V10, V11, V12];

    private RoomVersion()
    {
    }

    /// <summary>The version that rooms get when the client names none.</summary>
    public static RoomVersion Default => V12;

    /// <summary>The version as it stands in <c>m.room.create</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The content names the creator in <c>m.room.create</c> (before 11); later it is the sender.</summary>
    public bool CreatorInContent { get; private init; }

    /// <summary>Every event names <c>m.room.create</c> among its <c>auth_events</c> (before 12).</summary>
    public bool CreateInAuthEvents { get; private init; }

    /// <summary><c>redacts</c> stands in the content of a redaction (from 11), before at the top level.</summary>
    public bool RedactsInContent { get; private init; }

    /// <summary>
    /// Redaction keeps all of <c>m.room.create</c>, the invite level, signed third-party invites and <c>redacts</c>,
    /// and no longer <c>origin</c>, <c>membership</c> and <c>prev_state</c> at the top level (from 11).
    /// </summary>
    public bool KeepsMoreOnRedaction { get; private init; }

    /// <summary>The room id is the hash of <c>m.room.create</c>; that has no <c>room_id</c> (from 12).</summary>
    public bool CreateEventIsRoomId { get; private init; }

    /// <summary>
    /// The sender of <c>m.room.create</c> and its <c>additional_creators</c> stand above all power levels (from 12).
    /// </summary>
    public bool CreatorsArePrivileged { get; private init; }

    public static bool TryGet(string? id, [NotNullWhen(true)] out RoomVersion? version)
    {
        version = All.FirstOrDefault(candidate => candidate.Id == id);
        return version is not null;
    }

    /// <summary>The version of a room that this server has made or stored.</summary>
    /// <exception cref="InvalidOperationException">It is none of the known ones.</exception>
    public static RoomVersion Require(string? id) =>
        TryGet(id, out var version) ? version : throw new InvalidOperationException($"Room version '{id}' is unknown.");

    /// <summary>The version's identifier.</summary>
    public override string ToString() => Id;
}
