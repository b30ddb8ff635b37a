using FluentValidation;
using Matrix.Realtime.Http;
using Matrix.Realtime.Streams;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Matrix.Realtime.Receipts;

internal static class ReceiptsServiceCollectionExtensions
{
    public static IServiceCollection AddReceipts(this IServiceCollection services)
    {
        services.AddMatrixJson(ReceiptsJsonContext.Default);
        services.AddLiveTable<UserReceiptsTable>();
        services.AddLiveTable<RoomReceiptsTable>();
        services.TryAddSingleton<ReceiptStore>();
        services.AddSingleton<IChangeSource>(provider => provider.GetRequiredService<ReceiptStore>());
        services.TryAddSingleton<ReceiptReader>();
        services.TryAddSingleton<ReceiptWriter>();
        services.TryAddSingleton<ThreadRelations>();
        services.TryAddSingleton<ReceiptService>();
        services.TryAddSingleton<IValidator<ReceiptRequest>, ReceiptRequestValidator>();
        return services;
    }
}
