using Matrix.Realtime.Rooms.Reading;
using Matrix.Realtime.Rooms.Writing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Matrix.Realtime.Relations;

internal static class RelationsServiceCollectionExtensions
{
    public static IServiceCollection AddRelations(this IServiceCollection services)
    {
        services.TryAddSingleton<RelationStore>();
        services.TryAddSingleton<RelationReader>();
        services.TryAddSingleton<IEventRelations, EventRelations>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IRoomEventParticipant, RelationParticipant>());
        return services;
    }
}
