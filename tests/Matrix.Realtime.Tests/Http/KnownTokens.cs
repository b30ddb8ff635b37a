using Matrix.Realtime.Http;
using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.Tests.Http;

/// <summary>Knows one token for each of two users.</summary>
internal sealed class KnownTokens : IAccessTokenVerifier
{
    public const string Alice = "token-of-alice";
    public const string Bob = "token-of-bob";

    public ValueTask<Requester?> VerifyAsync(string accessToken, CancellationToken cancellationToken) =>
        ValueTask.FromResult(accessToken switch
        {
            Alice => new Requester(UserId.Parse("@alice:localhost"), DeviceId.Parse("ALICE")),
            Bob => new Requester(UserId.Parse("@bob:localhost"), DeviceId.Parse("BOB")),
            _ => null,
        });
}
