using Matrix.Realtime.Rooms.Events;

namespace Matrix.Realtime.Tests.Rooms.Authorization;

/// <summary>A rule by its number, an event that it lets pass, and one that it alone stops.</summary>
internal sealed record AuthorizationRule(
    string Number, Func<TestRoom, PduBuilder> Passed, Func<TestRoom, PduBuilder> Stopped)
{
    /// <summary>The room versions that have the rule.</summary>
    public IReadOnlyList<string> Versions { get; init; } = ["10", "11", "12"];

    /// <summary>More of the content of the room's <c>m.room.create</c>, beginning with a comma.</summary>
    public string Create { get; init; } = "";
}
