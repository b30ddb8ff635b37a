using System.Reflection;
using Matrix.Realtime.Errors;
using Matrix.Realtime.Identifiers;
using Microsoft.AspNetCore.Http;

namespace Matrix.Realtime.Http;

/// <summary>Who calls, as the access token says. Bound as a parameter of handlers that require one.</summary>
/// <param name="UserId">The caller.</param>
/// <param name="DeviceId">The device that the token belongs to.</param>
internal sealed record Requester(UserId UserId, DeviceId DeviceId) : IBindableFromHttpContext<Requester>
{
    /// <summary>What has been taken from the caller's account.</summary>
    public AccountRestriction Restriction { get; init; }

    /// <summary>The device in full.</summary>
    public DeviceKey Device => new(UserId, DeviceId);

    public bool IsSuspended => Restriction.HasFlag(AccountRestriction.Suspended);

    /// <exception cref="MatrixException">M_USER_SUSPENDED.</exception>
    public void RequireSpeech()
    {
        if (IsSuspended)
        {
            throw MatrixException.Suspended();
        }
    }

    public static ValueTask<Requester?> BindAsync(HttpContext context, ParameterInfo parameter) =>
        ValueTask.FromResult(context.Features.Get<Requester>());
}
