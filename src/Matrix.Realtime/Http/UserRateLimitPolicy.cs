using Microsoft.AspNetCore.Http;

namespace Matrix.Realtime.Http;

/// <summary>Counts the calls of each user.</summary>
internal abstract class UserRateLimitPolicy(RateLimitOptions options) : RateLimitPolicy(options)
{
    protected override string FindCaller(HttpContext context) => context.Features.Get<Requester>()?.UserId.Value ?? "";
}
