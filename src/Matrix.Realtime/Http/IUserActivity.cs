namespace Matrix.Realtime.Http;

/// <summary>Follows when users do something that shows them to be there.</summary>
internal interface IUserActivity
{
    /// <summary>Called after an endpoint that counts has done what it was asked for.</summary>
    /// <returns>Completes when others can see what follows from it.</returns>
    ValueTask OnActiveAsync(Requester requester);
}
