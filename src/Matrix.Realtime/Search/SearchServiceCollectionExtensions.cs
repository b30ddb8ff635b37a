using FluentValidation;
using Matrix.Realtime.Accounts.Management;
using Matrix.Realtime.Accounts.Registration;
using Matrix.Realtime.Http;
using Matrix.Realtime.Profiles;
using Matrix.Realtime.Rooms.Writing;
using Matrix.Realtime.Search.Events;
using Matrix.Realtime.Search.Users;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Matrix.Realtime.Search;

internal static class SearchServiceCollectionExtensions
{
    public static IServiceCollection AddSearch(this IServiceCollection services)
    {
        services.AddMatrixJson(SearchJsonContext.Default);
        services.AddSingleton<IRoomEventParticipant, SearchableEventParticipant>();
        services.TryAddSingleton<SearchStore>();
        services.TryAddSingleton<SearchPageReader>();
        services.TryAddSingleton<ResultContextReader>();
        services.TryAddSingleton<SearchAnswerReader>();
        services.TryAddSingleton<SearchService>();
        services.TryAddSingleton<IValidator<SearchRequest>, SearchRequestValidator>();
        services.AddSingleton<IRoomEventParticipant, OpenRoomParticipant>();
        services.TryAddSingleton<UserWordParticipant>();
        services.AddSingleton<IRegistrationParticipant>(Get<UserWordParticipant>);
        services.AddSingleton<IProfileParticipant>(Get<UserWordParticipant>);
        services.AddSingleton<IDeactivationParticipant>(Get<UserWordParticipant>);
        services.TryAddSingleton<UserDirectoryStore>();
        services.TryAddSingleton<UserDirectoryService>();
        services.TryAddSingleton<IValidator<UserDirectoryRequest>, UserDirectoryRequestValidator>();
        return services;
    }

    private static T Get<T>(IServiceProvider provider)
        where T : notnull => provider.GetRequiredService<T>();
}
