using Microsoft.Extensions.Options;

namespace Matrix.Realtime.Http;

/// <summary>How often one user may move receipts and read markers.</summary>
internal sealed class ReceiptRateLimitPolicy(IOptions<RealtimeOptions> options)
    : UserRateLimitPolicy(options.Value.Receipts.RateLimit)
{
    /// <summary>What the endpoints name in order to be limited.</summary>
    public const string Name = "receipts";
}
