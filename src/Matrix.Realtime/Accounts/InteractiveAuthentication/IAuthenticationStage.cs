namespace Matrix.Realtime.Accounts.InteractiveAuthentication;

/// <summary>One thing that a user can do to authenticate.</summary>
internal interface IAuthenticationStage
{
    /// <summary>The stage's <c>type</c>.</summary>
    string Type { get; }

    /// <summary>Checks an attempt; a refusal tells the client why it failed.</summary>
    ValueTask<StageRefusal?> CheckAsync(AuthenticationData attempt, CancellationToken cancellationToken);
}
