using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Matrix.Realtime.Streams;

/// <summary>Ready means that changes are being taken, and that the database answers.</summary>
internal sealed class StreamHealthCheck(ChangeWriter writer, HeadReader head) : IHealthCheck
{
    /// <summary>The name under which the check is registered.</summary>
    public const string Name = "matrix stream";

    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await writer.SubmitAsync(_ => ValueTask.CompletedTask, cancellationToken);
        var position = await head.ReadAsync(cancellationToken);
        return HealthCheckResult.Healthy($"The stream stands at {position}.");
    }
}
