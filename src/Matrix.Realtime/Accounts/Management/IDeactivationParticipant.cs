using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Storage;

namespace Matrix.Realtime.Accounts.Management;

/// <summary>A feature that has something to do when an account is given up.</summary>
internal interface IDeactivationParticipant
{
    /// <summary>
    /// Called once the user can no longer log in, and again after a start that finds something left to do.
    /// </summary>
    Task OnDeactivatedAsync(UserId userId);

    /// <summary>Those of the users who have given their account up for whom there is something left to do.</summary>
    Task<List<UserId>> FindUnfinishedAsync(
        MatrixDbContext database, IReadOnlyList<UserId> deactivated, CancellationToken cancellationToken);
}
