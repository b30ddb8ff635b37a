using Microsoft.Extensions.Options;

namespace Matrix.Realtime.Http;

/// <summary>How often one user may set typing.</summary>
internal sealed class TypingRateLimitPolicy(IOptions<RealtimeOptions> options)
    : UserRateLimitPolicy(options.Value.Typing.RateLimit)
{
    /// <summary>What the endpoint names in order to be limited.</summary>
    public const string Name = "typing";
}
