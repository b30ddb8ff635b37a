using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.Rooms.Reading;

/// <summary>Whose messages a user does not want to see.</summary>
internal interface IIgnoredUsers
{
    /// <summary>The users that the given one ignores as of the view.</summary>
    ValueTask<IReadOnlySet<UserId>> GetAsync(LiveView view, UserId userId, CancellationToken cancellationToken);
}
