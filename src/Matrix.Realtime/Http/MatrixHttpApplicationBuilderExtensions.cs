using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Matrix.Realtime.Http;

/// <summary>Builds the part of the pipeline that all endpoints share.</summary>
internal static class MatrixHttpApplicationBuilderExtensions
{
    /// <summary>Adds the middleware. The order matters: each piece answers for all that come after it.</summary>
    public static IApplicationBuilder UseMatrixHttp(this IApplicationBuilder app)
    {
        app.UseWhen(MatrixPaths.Owns, matrix =>
        {
            matrix.UseMiddleware<ErrorMiddleware>();
            matrix.UseMiddleware<CorsMiddleware>();
            matrix.UseMiddleware<RequestPathMiddleware>();
        });

        app.UseRouting();
        app.UseMiddleware<RouteValueMiddleware>();
        app.UseMiddleware<AccessTokenMiddleware>();
        app.UseMiddleware<AccountRestrictionMiddleware>();
        app.UseRateLimiter();
        return app;
    }

    /// <summary>
    /// The group of all client endpoints: an access token is required unless an endpoint makes it optional, and
    /// bodies that have a validator are validated.
    /// </summary>
    public static RouteGroupBuilder MapMatrixClientGroup(this IEndpointRouteBuilder endpoints, string prefix = MatrixPaths.Client)
    {
        var group = endpoints.MapGroup(prefix);
        group.WithMetadata(AccessTokenMetadata.Required);
        group.AddEndpointFilterFactory(ValidationFilter.Create);

        // Whatever policy the host has for endpoints that name none: these have access tokens of their own.
        group.AllowAnonymous();
        return group;
    }

    /// <summary>Opens an endpoint to anybody; it knows those nonetheless who send a valid access token.</summary>
    public static TBuilder WithOptionalAccessToken<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(AccessTokenMetadata.Optional);
}
