using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.Accounts.InteractiveAuthentication;

/// <summary>The stage that always succeeds.</summary>
internal sealed class DummyStage : IAuthenticationStage
{
    public const string Name = "m.login.dummy";

    public string Type => Name;

    public ValueTask<StageRefusal?> CheckAsync(
        AuthenticationData attempt, UserId? userId, CancellationToken cancellationToken) =>
        ValueTask.FromResult<StageRefusal?>(null);
}
