using System.Globalization;

namespace Matrix.Realtime.Benchmarks.Floors;

/// <summary>Texts of the size that the homeserver writes and answers.</summary>
internal static class FloorEvent
{
    public static readonly byte[] EmptySync = "{\"next_batch\":\"s1869000000000000\"}"u8.ToArray();

    public static readonly byte[] TypingSync =
        """
        {"next_batch":"s1869000000000000","rooms":{"join":{"!0123456789012345678901234567890123456789012":{"timeline":{"events":[],"limited":false,"prev_batch":"s1869000000000000"},"ephemeral":{"events":[{"type":"m.typing","content":{"user_ids":["@user0:localhost"]}}]}}}}}
        """u8.ToArray();

    private static readonly string Envelope = new('x', 480);

    public static string IdOf(long position) => "$" + position.ToString("D43", CultureInfo.InvariantCulture);

    /// <summary>The event that tells that a user is online.</summary>
    public static string Presence(string userId) =>
        $"{{\"type\":\"m.presence\",\"sender\":\"{userId}\",\"content\":"
        + "{\"presence\":\"online\",\"last_active_ago\":1234,\"currently_active\":true}}";

    /// <summary>An event with the given content: hashes, signature and references are as long as that of a real one.</summary>
    public static string Around(string content) => $"{{\"content\":{content},\"envelope\":\"{Envelope}\"}}";
}
