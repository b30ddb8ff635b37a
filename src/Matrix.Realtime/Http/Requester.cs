using System.Reflection;
using Matrix.Realtime.Identifiers;
using Microsoft.AspNetCore.Http;

namespace Matrix.Realtime.Http;

/// <summary>Who calls, as the access token says. Bound as a parameter of handlers that require one.</summary>
/// <param name="UserId">The caller.</param>
/// <param name="DeviceId">The device that the token belongs to.</param>
internal sealed record Requester(UserId UserId, DeviceId DeviceId) : IBindableFromHttpContext<Requester>
{
    public static ValueTask<Requester?> BindAsync(HttpContext context, ParameterInfo parameter) =>
        ValueTask.FromResult(context.Features.Get<Requester>());
}
