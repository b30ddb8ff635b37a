using Matrix.Realtime.Errors;
using Microsoft.AspNetCore.Http;

namespace Matrix.Realtime.Http;

/// <summary>Refuses what a locked or suspended account may not do.</summary>
internal sealed class AccountRestrictionMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context) =>
        context.Features.Get<Requester>() is { Restriction: not AccountRestriction.None } requester
        && FindRefusal(requester.Restriction, context.GetEndpoint()!.Metadata) is { } refusal
            ? ErrorResponse.WriteAsync(context, refusal)
            : next(context);

    private static MatrixException? FindRefusal(AccountRestriction restriction, EndpointMetadataCollection endpoint) =>
        restriction.HasFlag(AccountRestriction.Locked)
            ? endpoint.GetMetadata<RestrictedEndpoint.OpenToLockedMetadata>() is null ? MatrixException.Locked() : null
            : endpoint.GetMetadata<RestrictedEndpoint.ClosedToSuspendedMetadata>() is null
                ? null
                : MatrixException.Suspended();
}
