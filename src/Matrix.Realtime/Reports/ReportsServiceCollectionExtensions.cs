using Matrix.Realtime.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Matrix.Realtime.Reports;

internal static class ReportsServiceCollectionExtensions
{
    public static IServiceCollection AddReports(this IServiceCollection services)
    {
        services.AddMatrixJson(ReportsJsonContext.Default);
        services.AddRateLimiter(options =>
            options.AddPolicy<string, ReportRateLimitPolicy>(ReportRateLimitPolicy.Name));
        services.TryAddSingleton<ReportService>();
        return services;
    }
}
