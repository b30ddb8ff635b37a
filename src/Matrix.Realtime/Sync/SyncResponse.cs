using Matrix.Realtime.AccountData;
using Matrix.Realtime.Presence;
using Matrix.Realtime.Streams;
using Matrix.Realtime.ToDevice;

namespace Matrix.Realtime.Sync;

/// <summary>What a sync has to tell, before it is encoded for its recipient.</summary>
internal sealed class SyncResponse
{
    /// <summary>Roughly what an entry takes besides its content.</summary>
    private const int Overhead = 256;

    /// <summary>Where the answer is complete up to.</summary>
    public required StreamToken NextBatch { get; init; }

    /// <summary>The next messages to the device.</summary>
    public IReadOnlyList<ToDeviceMessage> ToDevice { get; init; } = [];

    public IReadOnlyList<AccountDataEntry> AccountData { get; init; } = [];

    public IReadOnlyList<PresenceEvent> Presence { get; init; } = [];

    /// <summary>What there is about keys.</summary>
    public required KeyNews Keys { get; init; }

    /// <summary>The first rooms: all of them, if the answer <see cref="IsWhole"/>.</summary>
    public required IReadOnlyList<RoomSection> Rooms { get; init; }

    /// <summary>The other rooms, if any, which are read one by one while the answer is written.</summary>
    public required RoomQueue? OtherRooms { get; init; }

    /// <summary>The members of whom the client knows with the first rooms.</summary>
    public required SentMembers SentAhead { get; init; }

    /// <summary>The members of whom the client knows with all that has been read.</summary>
    public SentMembers Sent => OtherRooms?.Sent ?? SentAhead;

    /// <summary>Whether everything is there, so that the answer can be written more than once.</summary>
    public bool IsWhole => OtherRooms is null;

    /// <summary>Roughly how many bytes are held to be written.</summary>
    public int Size => Overhead
        + Rooms.Sum(room => room.Size)
        + AccountData.Sum(entry => entry.Content.Length + Overhead)
        + ToDevice.Sum(message => message.Content.Length + Overhead)
        + ((Presence.Count + Keys.DeviceLists.Changed.Count + Keys.DeviceLists.Left.Count) * Overhead);

    /// <summary>Whether there is nothing to tell but the token.</summary>
    public bool IsEmpty =>
        AccountData.Count == 0 && Presence.Count == 0 && Keys.IsEmpty && ToDevice.Count == 0 && Rooms.Count == 0;
}
