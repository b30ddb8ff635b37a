using Matrix.Realtime.Accounts.Moderation;
using Matrix.Realtime.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace Matrix.Realtime.Discovery;

/// <summary>What clients ask before and after they log in: where the server is, and what it can do.</summary>
internal static class DiscoveryEndpoints
{
    /// <summary>Maps what needs no access token and stands outside the versioned API.</summary>
    public static IEndpointRouteBuilder MapDiscovery(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/_matrix/client/versions", GetVersions).WithName("getVersions");
        endpoints.MapGet("/.well-known/matrix/client", GetWellKnown).WithName("getWellknown");
        return endpoints;
    }

    /// <summary>Maps what is part of the versioned API.</summary>
    public static RouteGroupBuilder MapCapabilities(this RouteGroupBuilder group)
    {
        group.MapGet("/capabilities", GetCapabilities).WithName("getCapabilities");
        return group;
    }

    private static Ok<VersionsResponse> GetVersions(IOptions<RealtimeOptions> options) =>
        TypedResults.Ok(VersionsResponse.For(options.Value));

    private static Ok<WellKnownResponse> GetWellKnown(HttpRequest request, IOptions<RealtimeOptions> options) =>
        TypedResults.Ok(WellKnownResponse.For(BaseUrl(request, options.Value)));

    private static Ok<CapabilitiesResponse> GetCapabilities(Requester requester, ServerAdministrators administrators) =>
        TypedResults.Ok(administrators.Contains(requester.UserId)
            ? CapabilitiesResponse.ForAdministrators
            : CapabilitiesResponse.ForUsers);

    private static string BaseUrl(HttpRequest request, RealtimeOptions options) =>
        (options.PublicBaseUrl?.AbsoluteUri ?? $"{request.Scheme}://{request.Host}{request.PathBase}").TrimEnd('/');
}
