using Matrix.Realtime.Http;
using Microsoft.Extensions.Options;

namespace Matrix.Realtime.Reports;

/// <summary>How often one user may report something.</summary>
internal sealed class ReportRateLimitPolicy(IOptions<RealtimeOptions> options)
    : UserRateLimitPolicy(options.Value.Reports.RateLimit)
{
    /// <summary>What the endpoints name in order to be limited.</summary>
    public const string Name = "reports";
}
