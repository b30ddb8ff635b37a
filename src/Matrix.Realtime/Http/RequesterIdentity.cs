using System.Security.Claims;

namespace Matrix.Realtime.Http;

/// <summary>
/// Carries the <see cref="Requester"/> through the framework's authentication without turning it into claims.
/// </summary>
internal sealed class RequesterIdentity(Requester requester) : ClaimsIdentity(MatrixAuthenticationHandler.Scheme)
{
    public Requester Requester { get; } = requester;

    public override string Name => Requester.UserId.Value;
}
