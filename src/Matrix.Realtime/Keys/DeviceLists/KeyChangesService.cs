using Matrix.Realtime.Errors;
using Matrix.Realtime.Http;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.State;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.Keys.DeviceLists;

/// <summary>Tells clients what a sync would have told them since a token.</summary>
internal sealed class KeyChangesService(DeviceListReader reader, RoomStates states)
{
    /// <summary>
    /// Whose devices are news since <paramref name="from"/>, by now: <paramref name="to"/> is but a hint.
    /// </summary>
    /// <exception cref="MatrixException">400: one of them is no token.</exception>
    public async Task<DeviceListNews> ReadAsync(
        Requester requester, string from, string to, CancellationToken cancellationToken)
    {
        StreamToken.Parse(to, "to");
        var view = states.Current;
        return await reader.ReadAsync(
            new DeviceListQuery
            {
                UserId = requester.UserId,
                Since = StreamPosition.Min(StreamToken.Parse(from, "from").Position, view.Position),
                View = view,
                Rooms = await states.GetUserRoomsAsync(view, requester.UserId, cancellationToken),
            },
            cancellationToken);
    }
}
