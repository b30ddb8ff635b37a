using Microsoft.AspNetCore.Diagnostics.HealthChecks;

namespace Matrix.Realtime.Server;

/// <summary>Tells whoever watches over the process how it is doing.</summary>
internal static class HealthEndpoints
{
    /// <summary>
    /// <c>/health/live</c>: the process answers; <c>/health/ready</c>: it can write. Both say <c>Healthy</c>, or 503.
    /// </summary>
    public static void MapHealth(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false });
        app.MapHealthChecks("/health/ready");
    }
}
