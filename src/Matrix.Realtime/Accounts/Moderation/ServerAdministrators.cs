using Matrix.Realtime.Errors;
using Matrix.Realtime.Identifiers;
using Microsoft.Extensions.Options;

namespace Matrix.Realtime.Accounts.Moderation;

/// <summary>The users who may moderate others.</summary>
internal sealed class ServerAdministrators(IOptions<RealtimeOptions> options)
{
    private readonly HashSet<UserId> _users = [.. options.Value.Admins.Select(UserId.Parse)];

    public bool Contains(UserId userId) => _users.Contains(userId);

    /// <exception cref="MatrixException">M_FORBIDDEN.</exception>
    public void Require(UserId userId)
    {
        if (!Contains(userId))
        {
            throw MatrixException.Forbidden("You are not an administrator of this server.");
        }
    }
}
