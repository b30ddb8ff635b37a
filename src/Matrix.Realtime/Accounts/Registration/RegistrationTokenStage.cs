using Matrix.Realtime.Accounts.InteractiveAuthentication;
using Matrix.Realtime.Errors;
using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.Accounts.Registration;

/// <summary>The stage that asks for a registration token.</summary>
internal sealed class RegistrationTokenStage(RegistrationTokens tokens) : IAuthenticationStage
{
    public const string Name = "m.login.registration_token";

    private static readonly StageRefusal Wrong = new(MatrixErrorCodes.Forbidden, "The registration token is wrong.");

    public string Type => Name;

    public ValueTask<StageRefusal?> CheckAsync(
        AuthenticationData attempt, UserId? userId, CancellationToken cancellationToken) =>
        ValueTask.FromResult(attempt.Token is { } token && tokens.Contains(token) ? null : Wrong);
}
