using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.Accounts.Management;

/// <summary>A feature that has something to do when an account is given up.</summary>
internal interface IDeactivationParticipant
{
    /// <summary>Called once the user can no longer log in.</summary>
    Task OnDeactivatedAsync(UserId userId);
}
