using Matrix.Realtime.Accounts.Login;
using Matrix.Realtime.Errors;
using Matrix.Realtime.Identifiers;
using Microsoft.AspNetCore.Identity;

namespace Matrix.Realtime.Accounts.InteractiveAuthentication;

/// <summary>The stage that asks for the password of whoever sends the request.</summary>
internal sealed class PasswordStage(AccountStore accounts, Passwords passwords, LocalUsers users) : IAuthenticationStage
{
    public const string Name = "m.login.password";

    private static readonly StageRefusal Wrong =
        new(MatrixErrorCodes.Forbidden, "The user or the password is wrong.");

    public string Type => Name;

    public async ValueTask<StageRefusal?> CheckAsync(
        AuthenticationData attempt, UserId? userId, CancellationToken cancellationToken)
    {
        var account = userId is { } id && users.FromLogin(NameIn(attempt) ?? id.Value) == id
            ? await accounts.FindAsync(id, cancellationToken)
            : null;
        return passwords.Verify(account?.PasswordHash, attempt.Password ?? "") == PasswordVerificationResult.Failed
            ? Wrong
            : null;
    }

    /// <summary>The user as named; whoever names none means themselves.</summary>
    private static string? NameIn(AuthenticationData attempt) =>
        attempt.Identifier is { } identifier
            ? identifier.Type == LoginIdentifier.User ? identifier.UserName : ""
            : attempt.User;
}
