using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Json;
using Matrix.Realtime.Rooms.Events;
using Matrix.Realtime.Rooms.State;
using Matrix.Realtime.Rooms.Versions;
using Matrix.Realtime.Rooms.Writing;
using Matrix.Realtime.Streams;
using Microsoft.Extensions.Options;

namespace Matrix.Realtime.Rooms.Creation;

/// <summary>Makes the first event of rooms.</summary>
internal sealed class RoomFounding(RoomEventWriter events, IOptions<RealtimeOptions> options)
{
    /// <summary>An id for a room; null for a version that names its rooms by their first event.</summary>
    public RoomId? NewRoomId(RoomVersion version) => version.CreateEventIsRoomId
        ? null
        : RoomId.Parse($"!{RandomText.Create(18)}:{options.Value.ServerName}");

    /// <summary>Creates a room and returns its id.</summary>
    /// <param name="batch">The batch to do it in.</param>
    /// <param name="version">The room's version.</param>
    /// <param name="roomId">The id, or null where the first event gives it.</param>
    /// <param name="creator">The sender of the first event, which is the only one yet.</param>
    /// <param name="content">The content of <c>m.room.create</c>.</param>
    public async ValueTask<RoomId> CreateAsync(
        ChangeBatch batch, RoomVersion version, RoomId? roomId, UserId creator, byte[] content)
    {
        var create = await events.CreateAsync(batch, version, roomId, new EventDraft
        {
            Type = EventTypes.Create,
            StateKey = string.Empty,
            Sender = creator,
            Content = content,
        });
        batch.Insert(new RoomRow { RoomId = create.Pdu.RoomId, Version = version.Id });
        return create.Pdu.RoomId;
    }
}
