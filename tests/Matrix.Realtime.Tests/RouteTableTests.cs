using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace Matrix.Realtime.Tests;

/// <summary>Names, methods and templates are the protocol; they change on purpose only.</summary>
public sealed class RouteTableTests
{
    private static readonly string[] Routes =
    [
        "GET /.well-known/matrix/client getWellknown",
        "GET /_matrix/client/v3/capabilities getCapabilities",
        "GET /_matrix/client/versions getVersions",
    ];

    [Fact]
    public void Routes_OfWholeServer_AreThese()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseTestServer();
        builder.Services.AddMatrixRealtime();
        var app = builder.Build();
        app.MapMatrixRealtime();

        var routes = ((IEndpointRouteBuilder)app).DataSources
            .SelectMany(source => source.Endpoints)
            .OfType<RouteEndpoint>()
            .Select(Describe);

        Assert.Equal(Routes.Order(StringComparer.Ordinal), routes.Order(StringComparer.Ordinal));
    }

    private static string Describe(RouteEndpoint endpoint)
    {
        var methods = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [];
        var name = endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName;
        return $"{string.Join(',', methods)} {endpoint.RoutePattern.RawText} {name}";
    }
}
