using Matrix.Realtime.Rooms.Membership;
using Matrix.Realtime.Streams;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Matrix.Realtime.Profiles;

internal static class ProfilesServiceCollectionExtensions
{
    public static IServiceCollection AddProfiles(this IServiceCollection services)
    {
        services.AddLiveTable<ProfileTable>();
        services.AddSingleton<IChangeSource>(provider => provider.GetRequiredService<ProfileTable>());
        services.TryAddSingleton<IMemberProfiles, MemberProfiles>();
        services.TryAddSingleton<ProfileService>();
        return services;
    }
}
