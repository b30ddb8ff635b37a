using Matrix.Realtime.Errors;
using Matrix.Realtime.Http;
using Matrix.Realtime.Streams;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging;

namespace Matrix.Realtime.Accounts.Login;

/// <summary>Logs users in by password.</summary>
internal sealed class LoginService(
    AccountStore accounts,
    DeviceSessions sessions,
    Passwords passwords,
    LocalUsers users,
    ILogger<LoginService> logger)
{
    public async Task<DeviceSession> LogInAsync(LoginRequest request, CancellationToken cancellationToken)
    {
        while (true)
        {
            var (account, newHash) = await AuthenticateAsync(request, cancellationToken);
            var session = await sessions.ChangeAsync(
                account.UserId, batch => TryOpenAsync(batch, account, newHash, request), cancellationToken);
            if (session is not null)
            {
                logger.LoggedIn(session.UserId, session.DeviceId);
                return session;
            }
        }
    }

    /// <summary>The account whose password was given, and its hash as it should be from now on.</summary>
    private async Task<(AccountRow Account, string NewHash)> AuthenticateAsync(
        LoginRequest request,
        CancellationToken cancellationToken)
    {
        var userId = request.UserName is { } name ? users.FromLogin(name) : null;
        var account = userId is { } id ? await accounts.FindAsync(id, cancellationToken) : null;
        var password = request.Password!;
        var verification = passwords.Verify(account?.PasswordHash, password);
        if (account is null || verification == PasswordVerificationResult.Failed)
        {
            // One answer for both: it must not tell whether the account exists.
            throw MatrixException.Forbidden("The user or the password is wrong.");
        }

        if (account.Deactivated)
        {
            throw new MatrixException(
                StatusCodes.Status403Forbidden,
                MatrixErrorCodes.UserDeactivated,
                "This account has been deactivated.");
        }

        if (account.Restriction.HasFlag(AccountRestriction.Locked))
        {
            throw MatrixException.Locked();
        }

        return verification == PasswordVerificationResult.SuccessRehashNeeded
            ? (account, passwords.Hash(password))
            : (account, account.PasswordHash);
    }

    /// <summary>
    /// Opens the session; null when the account has changed since the password was checked.
    /// </summary>
    private async ValueTask<DeviceSession?> TryOpenAsync(
        ChangeBatch batch,
        AccountRow account,
        string newHash,
        LoginRequest request)
    {
        var current = await batch.ReadAsync((database, cancellationToken) =>
            AccountStore.FindAsync(database, account.UserId, cancellationToken));
        if (current is null || current.Deactivated || current.PasswordHash != account.PasswordHash)
        {
            return null;
        }

        if (current.PasswordHash != newHash)
        {
            current.PasswordHash = newHash;
            batch.Upsert(current);
        }

        return await sessions.OpenAsync(
            batch,
            account.UserId,
            request.DeviceId,
            request.InitialDeviceDisplayName,
            request.WantsRefreshToken == true);
    }
}
