using System.Text.Json;
using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.Filters;

/// <summary>Which events of one section of rooms are wanted: the specification's <c>RoomEventFilter</c>.</summary>
internal sealed class RoomEventFilter : EventFilter
{
    /// <summary>No restriction.</summary>
    public static new readonly RoomEventFilter All = new();

    /// <summary>The rooms whose events are wanted, among those that the <see cref="RoomFilter"/> lets pass.</summary>
    public IdSelection<RoomId> Rooms { get; init; } = IdSelection<RoomId>.All;

    /// <summary>
    /// True wants only events with a <c>url</c> in their content, false only those without, null all.
    /// </summary>
    public bool? ContainsUrl { get; init; }

    /// <summary>Whether the membership of those suffices who sent something in the timeline.</summary>
    public bool LazyLoadMembers { get; init; }

    /// <summary>Whether members are wanted again that the client has been told of.</summary>
    public bool IncludeRedundantMembers { get; init; }

    /// <summary>Whether unread counts are wanted for each thread.</summary>
    public bool UnreadThreadNotifications { get; init; }

    public override bool AllowsNothing => base.AllowsNothing || Rooms.AllowsNothing;

    public bool AllowsRoom(RoomId roomId) => Rooms.Allows(roomId);

    /// <summary>Whether an ephemeral event passes, of which a room has one of each type.</summary>
    public bool AllowsEphemeral(RoomId roomId, string type) => AllowsRoom(roomId) && AllowsAny(type);

    public bool Allows(string type, UserId sender, JsonElement content) =>
        Allows(type, sender) && (ContainsUrl is not { } wanted || HasUrl(content) == wanted);

    private static bool HasUrl(JsonElement content) =>
        content.ValueKind == JsonValueKind.Object && content.TryGetProperty("url", out _);
}
