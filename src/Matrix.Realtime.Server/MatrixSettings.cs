using Microsoft.Extensions.Options;

namespace Matrix.Realtime.Server;

/// <summary>Turns the settings of the homeserver into its options.</summary>
internal static class MatrixSettings
{
    /// <summary>Adds the options. Settings of a wrong type are reported at the start, with all other faults.</summary>
    public static IServiceCollection AddMatrixSettings(this IServiceCollection services, IConfiguration configuration)
    {
        var section = configuration.GetSection(RealtimeOptions.SectionName);
        var settings = section.AsEnumerable().Where(setting => setting.Value is not null).ToLookup(FindFault);
        string[] failures = [.. settings.Select(some => some.Key).OfType<string>()];
        if (failures.Length == 0)
        {
            return services.Configure<RealtimeOptions>(section.Bind);
        }

        services.AddSingleton<IValidateOptions<RealtimeOptions>>(new SettingsRefusal(failures));
        return services.Configure<RealtimeOptions>(options => Bind(settings[null], options));
    }

    /// <summary>Why a setting by itself cannot be bound, in the binder's words, which name it; or null.</summary>
    private static string? FindFault(KeyValuePair<string, string?> setting)
    {
        try
        {
            Bind([setting], new RealtimeOptions());
            return null;
        }
        catch (InvalidOperationException exception)
        {
            return exception.Message;
        }
    }

    private static void Bind(IEnumerable<KeyValuePair<string, string?>> settings, RealtimeOptions options) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings).Build()
            .GetSection(RealtimeOptions.SectionName).Bind(options);
}
