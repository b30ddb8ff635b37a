using Microsoft.Extensions.Options;

namespace Matrix.Realtime.Identifiers;

/// <summary>Which users and aliases are of this server, and which would be of another.</summary>
internal sealed class LocalServer(IOptions<RealtimeOptions> options)
{
    /// <summary>What stands behind the colon.</summary>
    public string Name { get; } = options.Value.ServerName;

    public bool Owns(UserId userId) => userId.ServerName.SequenceEqual(Name);

    public bool Owns(RoomAlias alias) => alias.ServerName.SequenceEqual(Name);

    /// <summary>The other servers of the users.</summary>
    public IReadOnlySet<string> OthersOf(IEnumerable<UserId> users) =>
        users.Where(userId => !Owns(userId)).Select(userId => userId.ServerName.ToString()).ToHashSet();
}
