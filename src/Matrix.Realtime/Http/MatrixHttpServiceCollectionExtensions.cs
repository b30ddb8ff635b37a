using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Matrix.Realtime.Http;

/// <summary>Registers what all endpoints share.</summary>
internal static class MatrixHttpServiceCollectionExtensions
{
    public static IServiceCollection AddMatrixHttp(this IServiceCollection services)
    {
        services.AddRouting();
        services.AddMatrixJson(HttpJsonContext.Default);
        services.TryAddSingleton<MatrixJson>();

        services.AddRateLimiter(options => options
            .AddPolicy<string, TypingRateLimitPolicy>(TypingRateLimitPolicy.Name)
            .AddPolicy<string, ReceiptRateLimitPolicy>(ReceiptRateLimitPolicy.Name));
        return services;
    }

    /// <summary>Puts a feature's source-generated JSON metadata before all that the host has.</summary>
    public static IServiceCollection AddMatrixJson(this IServiceCollection services, IJsonTypeInfoResolver context) =>
        services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, context));
}
