using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.Events;
using Matrix.Realtime.Rooms.State;

namespace Matrix.Realtime.Sync;

/// <summary>
/// The rooms that an answer may have to tell of, section by section: each is read when its turn comes, as of the view
/// of the answer. For one reader, once.
/// </summary>
internal sealed class RoomQueue
{
    private readonly SyncContext _context;
    private readonly RoomSectionReader _reader;
    private readonly List<(RoomId RoomId, UserRoom User)> _rooms = [];
    private int _next;

    public RoomQueue(SyncContext context, RoomSectionReader reader, IEnumerable<RoomId> rooms)
    {
        _context = context;
        _reader = reader;
        foreach (var roomId in rooms)
        {
            if (context.Filter.Allows(roomId) && context.Rooms.Rooms.TryGetValue(roomId, out var user))
            {
                _rooms.Add((roomId, user));
            }
        }

        if (_rooms.Count > 1)
        {
            _rooms = [.. _rooms.OrderBy(room => PlaceOf(room.User.Membership))];
        }
    }

    /// <summary>Whether every room has been read.</summary>
    public bool IsExhausted => _next == _rooms.Count;

    /// <inheritdoc cref="SyncContext.Sent"/>
    public SentMembers Sent => _context.Sent;

    /// <summary>The next room that has news; null when there is none.</summary>
    public async ValueTask<RoomSection?> ReadNextAsync(CancellationToken cancellationToken)
    {
        while (!IsExhausted)
        {
            var (roomId, user) = _rooms[_next++];
            if (await _reader.ReadAsync(_context, roomId, user, cancellationToken) is { } section)
            {
                return section;
            }
        }

        return null;
    }

    private static int PlaceOf(string membership) => membership switch
    {
        Memberships.Join => 0,
        Memberships.Invite => 1,
        Memberships.Knock => 2,
        _ => 3,
    };
}
