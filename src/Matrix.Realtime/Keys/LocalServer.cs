using Matrix.Realtime.Identifiers;
using Microsoft.Extensions.Options;

namespace Matrix.Realtime.Keys;

/// <summary>Whose keys are here, and whose would be on another server.</summary>
internal sealed class LocalServer(IOptions<RealtimeOptions> options)
{
    private readonly string _serverName = options.Value.ServerName;

    public bool Owns(UserId userId) => userId.ServerName.SequenceEqual(_serverName);

    /// <summary>The other servers of the users.</summary>
    public IReadOnlySet<string> OthersOf(IEnumerable<UserId> users) =>
        users.Where(userId => !Owns(userId)).Select(userId => userId.ServerName.ToString()).ToHashSet();
}
