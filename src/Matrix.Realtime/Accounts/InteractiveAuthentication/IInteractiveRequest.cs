namespace Matrix.Realtime.Accounts.InteractiveAuthentication;

/// <summary>A request that has to be authenticated interactively.</summary>
/// <typeparam name="TSelf">The implementing type.</typeparam>
internal interface IInteractiveRequest<out TSelf>
{
    AuthenticationData? Auth { get; }

    /// <summary>What is to be carried out.</summary>
    TSelf WithoutAuth();
}
