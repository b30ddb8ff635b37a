using Matrix.Realtime.Accounts.Management;
using Matrix.Realtime.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Matrix.Realtime.KeyBackup;

internal static class KeyBackupServiceCollectionExtensions
{
    public static IServiceCollection AddKeyBackup(this IServiceCollection services)
    {
        services.AddMatrixJson(KeyBackupJsonContext.Default);
        services.TryAddSingleton<KeyBackupWriter>();
        services.TryAddSingleton<DeletedBackups>();
        services.AddHostedService(provider => provider.GetRequiredService<DeletedBackups>());
        services.TryAddSingleton<KeyBackupService>();
        services.TryAddSingleton<RoomKeyService>();
        services.AddSingleton<IDeactivationParticipant>(provider => provider.GetRequiredService<KeyBackupService>());
        return services;
    }
}
