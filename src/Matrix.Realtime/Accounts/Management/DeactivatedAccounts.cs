using System.Collections.Concurrent;
using Matrix.Realtime.Errors;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.Accounts.Management;

/// <summary>
/// The users who have given their account up since the start: requests that were made for them may still be under way.
/// </summary>
internal sealed class DeactivatedAccounts
{
    private readonly ConcurrentDictionary<UserId, bool> _users = new();

    /// <summary>Takes note of a user once the batch is applied, before the change is answered.</summary>
    public void Follow(ChangeBatch batch, UserId userId) => batch.OnApplied(() => _users.TryAdd(userId, true));

    /// <summary>Refuses what is done for such a user.</summary>
    /// <exception cref="MatrixException">M_UNKNOWN_TOKEN.</exception>
    public void Refuse(UserId userId)
    {
        if (_users.ContainsKey(userId))
        {
            throw MatrixException.UnknownToken();
        }
    }
}
