using Matrix.Realtime.Http;
using Matrix.Realtime.Keys.DeviceLists;
using Matrix.Realtime.Keys.OneTime;
using Matrix.Realtime.Rooms.Events;
using Matrix.Realtime.Rooms.State;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.Sync;

/// <summary>What a client must know to encrypt, and to be encrypted to.</summary>
/// <param name="DeviceLists">Whose devices changed.</param>
/// <param name="Counts">What the device has left to be claimed. Always told.</param>
/// <param name="HaveCountsChanged">Whether that is news.</param>
internal sealed record KeyNews(DeviceListNews DeviceLists, KeyCounts Counts, bool HaveCountsChanged)
{
    public bool IsEmpty => DeviceLists.IsEmpty && !HaveCountsChanged;

    /// <summary>
    /// Whether a change can be news of keys for somebody who is told of it. No filter has a say in that: whoever joins
    /// or leaves a room is news even where the room is not.
    /// </summary>
    public static bool Concerns(StreamChange change, Requester requester) => change switch
    {
        DeviceListChange or UserSignedChange => true,
        OneTimeKeysChange keys => keys.Owner == requester.Device,
        RoomEventChange { Joins: not null } => true,
        RoomEventChange added => added.Pdu is { Type: EventTypes.Encryption, StateKey: "" },
        _ => false,
    };
}
