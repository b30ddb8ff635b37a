using Matrix.Realtime.Accounts.InteractiveAuthentication;
using Matrix.Realtime.Errors;
using Matrix.Realtime.Http;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.Accounts.Management;

/// <summary>Lets users change their password and give their account up, once they have proved who they are.</summary>
internal sealed class AccountService(
    UserInteractiveAuthentication authentication,
    DeviceSessions sessions,
    Passwords passwords,
    DeactivatedAccounts deactivated,
    Deactivations deactivations)
{
    private static readonly AuthenticationFlow[] Flows = [new([PasswordStage.Name])];

    public async Task ChangePasswordAsync(
        Requester requester, ChangePasswordRequest request, CancellationToken cancellationToken)
    {
        var operation = new InteractiveOperation<ChangePasswordRequest>(
            $"password of {requester.UserId}",
            Flows,
            AccountsJsonContext.Default.ChangePasswordRequest,
            requester.UserId);
        var authenticated = await authentication.AuthenticateAsync(operation, request, cancellationToken);
        var hash = passwords.Hash(
            authenticated.Request.NewPassword ?? throw MatrixException.MissingParam("'new_password' is missing."));
        await sessions.ChangeAsync(
            requester.UserId,
            async batch =>
            {
                var account = await RequireAsync(batch, requester.UserId);
                account.PasswordHash = hash;
                batch.Upsert(account);
                authenticated.EndSession(batch);
                if (authenticated.Request.LogoutDevices != false)
                {
                    await sessions.CloseAsync(batch, requester.UserId, device => device != requester.DeviceId);
                }
            },
            cancellationToken);
    }

    /// <summary>Closes the account for good: its name stays taken, its user leaves every room.</summary>
    public async Task DeactivateAsync(
        Requester requester, DeactivateRequest request, CancellationToken cancellationToken)
    {
        var operation = new InteractiveOperation<DeactivateRequest>(
            $"deactivation of {requester.UserId}",
            Flows,
            AccountsJsonContext.Default.DeactivateRequest,
            requester.UserId);
        var authenticated = await authentication.AuthenticateAsync(operation, request, cancellationToken);
        await sessions.ChangeAsync(
            requester.UserId,
            async batch =>
            {
                var account = await RequireAsync(batch, requester.UserId);
                account.Deactivated = true;
                batch.Upsert(account);
                deactivated.Follow(batch, account.UserId);
                authenticated.EndSession(batch);
                await sessions.CloseAsync(batch, requester.UserId, _ => true);
            },
            cancellationToken);
        await deactivations.FinishAsync(requester.UserId);
    }

    private static async Task<AccountRow> RequireAsync(ChangeBatch batch, UserId userId) =>
        await batch.ReadAsync((database, cancellationToken) => AccountStore.FindAsync(database, userId, cancellationToken))
        ?? throw MatrixException.UnknownToken();
}
