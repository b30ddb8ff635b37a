using System.Threading.RateLimiting;
using Matrix.Realtime.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;

namespace Matrix.Realtime.Http;

/// <summary>Counts the calls of each caller by itself; a rejected call is told when to try again.</summary>
internal abstract class RateLimitPolicy(RateLimitOptions options) : IRateLimiterPolicy<string>
{
    public Func<OnRejectedContext, CancellationToken, ValueTask> OnRejected { get; } = RejectAsync;

    public RateLimitPartition<string> GetPartition(HttpContext httpContext)
    {
        if (options.PermitLimit is not { } permitLimit || FindCaller(httpContext) is not { } caller)
        {
            return RateLimitPartition.GetNoLimiter("");
        }

        return RateLimitPartition.GetFixedWindowLimiter(caller, _ => new FixedWindowRateLimiterOptions
        {
            PermitLimit = permitLimit,
            Window = options.Window,
        });
    }

    /// <summary>Who calls; null for those who are not counted.</summary>
    protected abstract string? FindCaller(HttpContext context);

    private static async ValueTask RejectAsync(OnRejectedContext context, CancellationToken cancellationToken)
    {
        var retryAfter = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var value) ? value : TimeSpan.Zero;
        await ErrorResponse.WriteAsync(context.HttpContext, MatrixException.LimitExceeded(retryAfter));
    }
}
