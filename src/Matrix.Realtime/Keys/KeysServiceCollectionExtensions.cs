using System.Text.Json;
using FluentValidation;
using Matrix.Realtime.Accounts.Devices;
using Matrix.Realtime.Accounts.Management;
using Matrix.Realtime.Http;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Keys.CrossSigning;
using Matrix.Realtime.Keys.DeviceLists;
using Matrix.Realtime.Keys.Devices;
using Matrix.Realtime.Keys.OneTime;
using Matrix.Realtime.Streams;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Matrix.Realtime.Keys;

internal static class KeysServiceCollectionExtensions
{
    public static IServiceCollection AddKeys(this IServiceCollection services)
    {
        services.AddMatrixJson(KeysJsonContext.Default);
        services.AddLiveTable<OneTimeKeysTable>();
        services.AddLiveTable<KeyCountsTable>();
        services.AddLiveTable<DeviceListTable>();
        services.AddSingleton<IChangeSource, OneTimeKeysChangeSource>();
        services.AddSingleton<IStartupParticipant, GoneKeyCounts>();
        services.TryAddSingleton<DeviceListStore>();
        services.AddSingleton<IChangeSource>(provider => provider.GetRequiredService<DeviceListStore>());
        services.TryAddSingleton<OneTimeKeyWriter>();
        services.TryAddSingleton<KeyCountsReader>();
        services.TryAddSingleton<KeyClaimService>();
        services.TryAddSingleton<IValidator<KeyClaimRequest>, KeyClaimRequestValidator>();
        services.TryAddSingleton<DeviceListWriter>();
        services.TryAddSingleton<RoomMates>();
        services.TryAddSingleton<DeviceListReader>();
        services.TryAddSingleton<KeyChangesService>();
        services.TryAddSingleton<KeySignatureWriter>();
        services.TryAddSingleton<CrossSigningService>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IDeactivationParticipant, CrossSigningDeactivation>());
        services.TryAddSingleton<SignatureUploadService>();
        services.TryAddSingleton<
            IValidator<Dictionary<UserId, Dictionary<string, JsonElement>>>, SignaturesUploadValidator>();
        services.TryAddSingleton<DeviceKeyWriter>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IDeviceParticipant, KeysDeviceParticipant>());
        services.TryAddSingleton<KeyUploadService>();
        services.TryAddSingleton<PublishedKeysStore>();
        services.TryAddSingleton<KeyQueryService>();
        services.TryAddSingleton<IValidator<KeyQueryRequest>, KeyQueryRequestValidator>();
        return services;
    }
}
