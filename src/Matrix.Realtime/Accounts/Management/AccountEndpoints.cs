using Matrix.Realtime.Accounts.InteractiveAuthentication;
using Matrix.Realtime.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Matrix.Realtime.Accounts.Management;

/// <summary>The caller's account (client-server API, "Account registration and management").</summary>
internal static class AccountEndpoints
{
    public static RouteGroupBuilder MapAccountManagement(this RouteGroupBuilder group)
    {
        group.MapPost("/account/password", ChangePasswordAsync).WithName("changePassword").WithInteractiveAuthentication();
        group.MapPost("/account/deactivate", DeactivateAsync)
            .WithName("deactivateAccount").WithInteractiveAuthentication();
        group.MapGet("/account/3pid", GetThirdPartyIdentifiers).WithName("getAccount3PIDs");
        return group;
    }

    private static async Task<Ok<EmptyResponse>> ChangePasswordAsync(
        JsonBody<ChangePasswordRequest> body,
        Requester requester, AccountService service, CancellationToken cancellationToken)
    {
        await service.ChangePasswordAsync(requester, body.Value, cancellationToken);
        return EmptyResponse.Ok;
    }

    private static async Task<Ok<DeactivateResponse>> DeactivateAsync(
        JsonBody<DeactivateRequest> body,
        Requester requester, AccountService service, CancellationToken cancellationToken)
    {
        await service.DeactivateAsync(requester, body.Value, cancellationToken);
        return TypedResults.Ok(DeactivateResponse.Instance);
    }

    private static Ok<ThirdPartyIdentifiersResponse> GetThirdPartyIdentifiers() =>
        TypedResults.Ok(ThirdPartyIdentifiersResponse.None);
}
