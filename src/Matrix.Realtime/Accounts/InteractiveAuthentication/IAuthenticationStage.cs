using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.Accounts.InteractiveAuthentication;

/// <summary>One thing that a user can do to authenticate.</summary>
internal interface IAuthenticationStage
{
    /// <summary>The stage's <c>type</c>.</summary>
    string Type { get; }

    /// <summary>
    /// Checks an attempt of the given user, or of somebody who is none yet; a refusal tells the client why it failed.
    /// </summary>
    ValueTask<StageRefusal?> CheckAsync(
        AuthenticationData attempt, UserId? userId, CancellationToken cancellationToken);
}
