using Matrix.Realtime.AccountData;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.State;

namespace Matrix.Realtime.Sync;

/// <summary>What an answer has to tell of one room.</summary>
internal abstract record RoomSection
{
    /// <summary>Roughly what an entry takes besides its content.</summary>
    private const int Overhead = 256;

    public required RoomId RoomId { get; init; }

    /// <summary>What the recipient is in the room, by which the answer is divided.</summary>
    public abstract string Membership { get; }

    /// <summary>Roughly how many bytes are held to be written.</summary>
    public abstract int Size { get; }

    protected static int SizeOf(IEnumerable<RoomEvent> events) =>
        Overhead + events.Sum(roomEvent => roomEvent.Pdu.Json.Length + Overhead);

    protected static int SizeOf(IEnumerable<AccountDataEntry> entries) =>
        entries.Sum(entry => entry.Content.Length + Overhead);
}
