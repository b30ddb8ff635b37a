using Matrix.Realtime.Accounts.Devices;
using Matrix.Realtime.Accounts.Login;
using Matrix.Realtime.Accounts.Management;
using Matrix.Realtime.Accounts.Moderation;
using Matrix.Realtime.Accounts.Refresh;
using Matrix.Realtime.Accounts.Registration;
using Microsoft.AspNetCore.Routing;

namespace Matrix.Realtime.Accounts;

/// <summary>Maps the feature.</summary>
internal static class AccountsEndpoints
{
    public static RouteGroupBuilder MapAccounts(this RouteGroupBuilder group) =>
        group.MapRegistration().MapLogin().MapRefresh().MapAccountManagement().MapDevices();

    /// <summary>Maps what stands below version 1 of the API.</summary>
    public static RouteGroupBuilder MapAccountsV1(this RouteGroupBuilder group) =>
        group.MapRegistrationTokens().MapModeration();
}
