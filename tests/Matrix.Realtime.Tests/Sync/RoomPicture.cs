using System.Text.Json.Nodes;

namespace Matrix.Realtime.Tests.Sync;

/// <summary>What a client knows of one room.</summary>
internal sealed class RoomPicture
{
    public string Section { get; set; } = "";

    /// <summary>The client's own membership.</summary>
    public string Own { get; set; } = "";

    /// <summary>
    /// Where the history before <see cref="Timeline"/> is paged in from; null before there was a timeline.
    /// </summary>
    public string? PrevBatch { get; set; }

    public List<JsonObject> Timeline { get; } = [];

    public Dictionary<string, string> State { get; } = [];

    public Dictionary<string, string> AccountData { get; } = [];

    public IReadOnlyList<string> Typing { get; set; } = [];
}
