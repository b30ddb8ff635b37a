using System.Threading.RateLimiting;
using Matrix.Realtime.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;

namespace Matrix.Realtime.Http;

/// <summary>Counts the calls of each user by itself; a rejected call is told when to try again.</summary>
internal abstract class UserRateLimitPolicy(RateLimitOptions options) : IRateLimiterPolicy<string>
{
    public Func<OnRejectedContext, CancellationToken, ValueTask> OnRejected { get; } = RejectAsync;

    public RateLimitPartition<string> GetPartition(HttpContext httpContext)
    {
        var user = httpContext.Features.Get<Requester>()?.UserId.Value ?? "";
        if (options.PermitLimit is not { } permitLimit)
        {
            return RateLimitPartition.GetNoLimiter(user);
        }

        return RateLimitPartition.GetFixedWindowLimiter(user, _ => new FixedWindowRateLimiterOptions
        {
            PermitLimit = permitLimit,
            Window = options.Window,
        });
    }

    private static async ValueTask RejectAsync(OnRejectedContext context, CancellationToken cancellationToken)
    {
        var retryAfter = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var value) ? value : TimeSpan.Zero;
        await ErrorResponse.WriteAsync(context.HttpContext, MatrixException.LimitExceeded(retryAfter));
    }
}
