using System.Text;
using Matrix.Realtime.Benchmarks.Floors;
using Matrix.Realtime.Benchmarks.Load;

namespace Matrix.Realtime.Benchmarks.Scenarios;

/// <summary>The calls that scenarios make.</summary>
internal static class MatrixRequests
{
    /// <summary>After so long presence has been told to whoever polls.</summary>
    public static readonly TimeSpan PresenceDelay = TimeSpan.FromSeconds(1);

    private const string Client = "/_matrix/client/v3";

    private static readonly string Ciphertext = new('x', 900);

    public static byte[] Typing(Community community, Member member, bool isTyping) => RequestText.Put(
        $"{Client}/rooms/{Uri.EscapeDataString(community.RoomId)}/typing/{Uri.EscapeDataString(member.UserId)}",
        member.Token,
        isTyping ? """{"typing":true,"timeout":30000}""" : """{"typing":false}""");

    public static byte[] Send(Community community, Member member, string transaction) => RequestText.Put(
        $"{Client}/rooms/{Uri.EscapeDataString(community.RoomId)}/send/m.room.message/{transaction}",
        member.Token,
        """{"msgtype":"m.text","body":"Shall we meet at the harbour at eight, or is nine better for you?"}""");

    public static byte[] AccountData(Member member, int count) => RequestText.Put(
        $"{Client}/user/{Uri.EscapeDataString(member.UserId)}/account_data/org.example.settings",
        member.Token,
        $$"""{"theme":"dark","font_size":14,"changes":{{count}}}""");

    public static byte[] Receipt(Community community, Member member, string eventId) => RequestText.Post(
        $"{Client}/rooms/{Uri.EscapeDataString(community.RoomId)}/receipt/m.read/{Uri.EscapeDataString(eventId)}",
        member.Token,
        "{}");

    /// <summary>A message to all devices of a user, as long as one that brings the key of a session.</summary>
    public static byte[] SendToDevice(Member sender, Member recipient, string transaction) => RequestText.Put(
        $"{Client}/sendToDevice/m.room.encrypted/{transaction}",
        sender.Token,
        $"{{\"messages\":{{\"{recipient.UserId}\":{{\"*\":{{\"ciphertext\":\"{Ciphertext}\"}}}}}}}}");

    /// <summary>Joins or leaves.</summary>
    public static byte[] Membership(Community community, Member member, string action) => RequestText.Post(
        $"{Client}/rooms/{Uri.EscapeDataString(community.RoomId)}/{action}", member.Token, "{}");

    /// <summary>Reads something below the path of the room.</summary>
    public static byte[] InRoom(Community community, Member member, string path) => RequestText.Get(
        $"{Client}/rooms/{Uri.EscapeDataString(community.RoomId)}/{path}", member.Token);

    public static byte[] Presence(Member member, string state) => RequestText.Put(
        PresencePath(member), member.Token, $$"""{"presence":"{{state}}"}""");

    public static byte[] PresenceOf(Member member) => RequestText.Get(PresencePath(member), member.Token);

    /// <summary>A sync, which makes its user appear online unless told otherwise.</summary>
    public static byte[] Sync(Member member, string? since, int timeout, string setPresence = "online")
    {
        var path = $"{Client}/sync?timeout={timeout}&set_presence={setPresence}";
        return RequestText.Get(since is null ? path : $"{path}&since={since}", member.Token);
    }

    /// <summary>A sync that says that its user is idle, so that passing time does not change it.</summary>
    public static byte[] IdleSync(Member member, string? since, int timeout) =>
        Sync(member, since, timeout, setPresence: "unavailable");

    /// <summary>A sync that loads members lazily and has nothing to do with presence.</summary>
    public static byte[] LazySync(Member member, string? since)
    {
        var filter = Uri.EscapeDataString(
            """{"presence":{"types":[]},"room":{"timeline":{"limit":10},"state":{"lazy_load_members":true}}}""");
        var path = $"{Client}/sync?set_presence=offline&filter={filter}";
        return RequestText.Get(since is null ? path : $"{path}&since={since}", member.Token);
    }

    /// <summary>A floor's sync that waits until the others do.</summary>
    public static byte[] Park(Member member) => Sync(member, ParkingLot.Since, timeout: 300_000);

    public static byte[] Wake(Member member) => RequestText.Put($"{Client}/wake", member.Token, "{}");

    /// <summary>Takes everybody's presence on the floor back.</summary>
    public static byte[] AllOffline(Member member) => RequestText.Put($"{Client}/offline", member.Token, "{}");

    /// <summary>The token in the answer to a sync.</summary>
    public static string NextBatch(ReadOnlySpan<byte> body) => Text(body, "\"next_batch\":\""u8);

    /// <summary>The id in the answer to a sent event.</summary>
    public static string EventId(ReadOnlySpan<byte> body) => Text(body, "\"event_id\":\""u8);

    private static string PresencePath(Member member) =>
        $"{Client}/presence/{Uri.EscapeDataString(member.UserId)}/status";

    private static string Text(ReadOnlySpan<byte> body, ReadOnlySpan<byte> name)
    {
        var rest = body[(body.IndexOf(name) + name.Length)..];
        return Encoding.ASCII.GetString(rest[..rest.IndexOf((byte)'"')]);
    }
}
