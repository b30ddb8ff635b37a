using Microsoft.AspNetCore.Builder;

namespace Matrix.Realtime.Http;

/// <summary>Marks the endpoints that a restriction of the caller's account treats otherwise than most.</summary>
internal static class RestrictedEndpoint
{
    /// <summary>Leaves the endpoint open to locked accounts.</summary>
    public static TBuilder OpenToLocked<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new OpenToLockedMetadata());

    /// <summary>Closes the endpoint to suspended accounts.</summary>
    public static TBuilder ClosedToSuspended<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new ClosedToSuspendedMetadata());

    internal sealed record OpenToLockedMetadata;

    internal sealed record ClosedToSuspendedMetadata;
}
