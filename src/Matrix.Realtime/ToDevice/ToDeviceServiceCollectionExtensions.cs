using FluentValidation;
using Matrix.Realtime.Accounts.Devices;
using Matrix.Realtime.Http;
using Matrix.Realtime.Streams;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Matrix.Realtime.ToDevice;

internal static class ToDeviceServiceCollectionExtensions
{
    public static IServiceCollection AddToDevice(this IServiceCollection services)
    {
        services.AddMatrixJson(ToDeviceJsonContext.Default);
        services.AddLiveTable<DeviceInboxTable>();
        services.AddLiveTable<SentTransactionsTable>();
        services.AddSingleton<IChangeSource, ToDeviceChangeSource>();
        services.AddSingleton<IChangeSource, ToDeviceTransactionSource>();
        services.TryAddSingleton<IValidator<SendToDeviceRequest>, SendToDeviceRequestValidator>();
        services.TryAddSingleton<ToDeviceTransactions>();
        services.TryAddSingleton<ToDeviceLimit>();
        services.TryAddSingleton<ToDeviceService>();
        services.TryAddSingleton<ToDeviceReader>();
        services.TryAddSingleton<ToDeviceConfirmer>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IDeviceParticipant, ToDeviceParticipant>());
        return services;
    }
}
