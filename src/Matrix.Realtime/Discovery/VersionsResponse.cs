using System.Text.Json.Serialization;

namespace Matrix.Realtime.Discovery;

/// <summary>The versions of the specification that this server speaks, and the unstable features it has.</summary>
/// <remarks>All of them are listed from v1.1 on: clients switch features on by looking for single versions.</remarks>
internal sealed record VersionsResponse
{
    private const int NewestMinorVersion = 19;

    public static VersionsResponse For(RealtimeOptions options) => new()
    {
        Versions = [.. Enumerable.Range(1, NewestMinorVersion).Select(minor => $"v1.{minor}")],
        UnstableFeatures = new Dictionary<string, bool>
        {
            ["org.matrix.msc3391"] = true,
            ["io.matrixrealtime.live"] = true,
            ["org.matrix.msc3026.busy_presence"] = options.Presence.Enabled,
        },
    };

    [JsonPropertyName("versions")]
    public required IReadOnlyList<string> Versions { get; init; }

    [JsonPropertyName("unstable_features")]
    public required IReadOnlyDictionary<string, bool> UnstableFeatures { get; init; }
}
