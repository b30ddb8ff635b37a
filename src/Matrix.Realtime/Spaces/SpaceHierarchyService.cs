using System.Runtime.CompilerServices;
using Matrix.Realtime.Errors;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.State;

namespace Matrix.Realtime.Spaces;

/// <summary>Walks trees of rooms, depth first, past what the user may not find.</summary>
internal sealed class SpaceHierarchyService(RoomStates states, RoomAccess access)
{
    /// <exception cref="MatrixException">403: there is no such room, or the user may not find it.</exception>
    public async Task<SpaceHierarchyResponse> GetAsync(
        UserId userId, SpaceHierarchyQuery query, CancellationToken cancellationToken)
    {
        var rooms = new List<SpaceHierarchyRoomsChunk>();
        var seen = 0;
        await foreach (var (room, children) in WalkAsync(userId, query, cancellationToken))
        {
            if (seen++ < query.Skip)
            {
                continue;
            }

            if (rooms.Count == query.Limit)
            {
                return new SpaceHierarchyResponse { Rooms = rooms, NextBatch = query.Next.ToString() };
            }

            rooms.Add(SpaceHierarchyRoomsChunk.Of(room, children));
        }

        return seen > 0
            ? new SpaceHierarchyResponse { Rooms = rooms }
            : throw MatrixException.Forbidden("You may not see this room.");
    }

    /// <summary>All rooms of the tree, each once, though it be named by several or by its own child.</summary>
    private async IAsyncEnumerable<(RoomState Room, IReadOnlyList<SpaceChild> Children)> WalkAsync(
        UserId userId, SpaceHierarchyQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var view = states.Current;
        var visited = new HashSet<RoomId>();
        var ahead = new Stack<(RoomId RoomId, int Depth)>([(query.Root, 0)]);
        while (ahead.TryPop(out var next))
        {
            if (!visited.Add(next.RoomId))
            {
                continue;
            }

            var room = await states.GetRoomAsync(view, next.RoomId, cancellationToken);
            if (!await access.MayFindAsync(view, room, userId, cancellationToken))
            {
                continue;
            }

            var children = SpaceChild.Of(room, query.SuggestedOnly);
            yield return (room, children);
            foreach (var child in next.Depth < query.MaxDepth ? children.Reverse() : [])
            {
                ahead.Push((child.RoomId, next.Depth + 1));
            }
        }
    }
}
