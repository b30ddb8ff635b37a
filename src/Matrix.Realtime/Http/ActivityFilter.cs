using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Matrix.Realtime.Http;

/// <summary>Marks what only somebody who is there does.</summary>
internal static class ActivityFilter
{
    /// <summary>Counts a successful call of the endpoint as an activity of its caller.</summary>
    public static RouteHandlerBuilder CountsAsActivity(this RouteHandlerBuilder builder) =>
        builder.AddEndpointFilterFactory(static (context, next) =>
        {
            // Not before the first call: endpoints are also built where nothing runs, to list them.
            var activity = new Lazy<IUserActivity>(context.ApplicationServices.GetRequiredService<IUserActivity>);
            return async invocation =>
            {
                var result = await next(invocation);
                if (invocation.HttpContext.Features.Get<Requester>() is { } requester)
                {
                    await activity.Value.OnActiveAsync(requester);
                }

                return result;
            };
        });
}
