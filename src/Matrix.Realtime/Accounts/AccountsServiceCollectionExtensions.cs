using FluentValidation;
using Matrix.Realtime.Accounts.Devices;
using Matrix.Realtime.Accounts.InteractiveAuthentication;
using Matrix.Realtime.Accounts.Login;
using Matrix.Realtime.Accounts.Management;
using Matrix.Realtime.Accounts.Moderation;
using Matrix.Realtime.Accounts.Refresh;
using Matrix.Realtime.Accounts.Registration;
using Matrix.Realtime.Accounts.Tokens;
using Matrix.Realtime.Http;
using Matrix.Realtime.Streams;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Matrix.Realtime.Accounts;

/// <summary>Registers the feature.</summary>
internal static class AccountsServiceCollectionExtensions
{
    public static IServiceCollection AddAccounts(this IServiceCollection services)
    {
        services.AddMatrixJson(AccountsJsonContext.Default);
        services.TryAddSingleton<AccessTokens>();
        services.TryAddSingleton<IAccessTokenVerifier>(provider => provider.GetRequiredService<AccessTokens>());
        services.TryAddSingleton<AccountStore>();
        services.TryAddSingleton<AccountDirectory>();
        services.TryAddSingleton<DeviceSessions>();
        services.TryAddSingleton<LocalUsers>();
        services.TryAddSingleton<Passwords>();
        services.AddRateLimiter(options =>
            options.AddPolicy<string, LoginRateLimitPolicy>(LoginRateLimitPolicy.Name));
        services.TryAddSingleton<LoginService>();
        services.TryAddSingleton<IValidator<LoginRequest>, LoginRequestValidator>();
        services.TryAddSingleton<RefreshService>();
        services.TryAddSingleton<RegistrationService>();
        services.TryAddSingleton<RegistrationTokens>();
        services.TryAddSingleton<IValidator<RegisterRequest>, RegisterRequestValidator>();
        services.TryAddSingleton<UserInteractiveAuthentication>();
        services.TryAddSingleton<UiaSessionStore>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IAuthenticationStage, DummyStage>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IAuthenticationStage, PasswordStage>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IAuthenticationStage, RegistrationTokenStage>());
        services.TryAddSingleton<AccountService>();
        services.TryAddSingleton<DeactivatedAccounts>();
        services.TryAddSingleton<Deactivations>();
        services.AddHostedService(provider => provider.GetRequiredService<Deactivations>());
        services.TryAddSingleton<IValidator<ChangePasswordRequest>, ChangePasswordRequestValidator>();
        services.TryAddSingleton<ModerationService>();
        services.TryAddSingleton<ServerAdministrators>();
        services.TryAddSingleton<RestrictedAccounts>();
        services.AddSingleton<IStartupParticipant>(provider => provider.GetRequiredService<RestrictedAccounts>());
        services.AddLiveTable<UserDevicesTable>();
        services.TryAddSingleton<DeviceDirectory>();
        services.TryAddSingleton<DeviceSightings>();
        services.TryAddSingleton<IDeviceSightings>(provider => provider.GetRequiredService<DeviceSightings>());
        services.AddSingleton<IDeviceParticipant>(provider => provider.GetRequiredService<DeviceSightings>());
        services.AddHostedService(provider => provider.GetRequiredService<DeviceSightings>());
        services.TryAddSingleton<DeviceService>();
        services.TryAddSingleton<IValidator<UpdateDeviceRequest>, UpdateDeviceRequestValidator>();
        return services;
    }
}
