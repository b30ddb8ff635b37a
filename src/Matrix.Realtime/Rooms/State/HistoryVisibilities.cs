using System.Text.Json;
using Matrix.Realtime.Rooms.Events;

namespace Matrix.Realtime.Rooms.State;

/// <summary>The values of <c>history_visibility</c> (client-server API, "Room history visibility").</summary>
internal static class HistoryVisibilities
{
    public const string WorldReadable = "world_readable";
    public const string Shared = "shared";
    public const string Invited = "invited";
    public const string Joined = "joined";

    /// <summary>The visibility that an event's content sets; anything unknown counts as <c>shared</c>.</summary>
    public static string Of(JsonElement content) =>
        content.String("history_visibility") is WorldReadable or Invited or Joined
            ? content.String("history_visibility")!
            : Shared;
}
