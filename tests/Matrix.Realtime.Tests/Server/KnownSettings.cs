using System.Globalization;
using Matrix.Realtime.Server;

namespace Matrix.Realtime.Tests.Server;

/// <summary>All settings that the server knows, by the names they have in its configuration.</summary>
internal static class KnownSettings
{
    public const string Urls = "Urls";

    /// <summary>The setting of the database.</summary>
    public static readonly string Connection = $"ConnectionStrings:{DatabaseSelection.ConnectionStringName}";

    /// <summary>The options with their defaults, as they would be written; null for what is unset or a list.</summary>
    public static IReadOnlyDictionary<string, string?> Options { get; } =
        Walk(RealtimeOptions.SectionName, new RealtimeOptions()).ToDictionary(StringComparer.Ordinal);

    public static bool Contains(string setting) =>
        setting == Urls
        || setting == Connection
        || setting == DatabaseSelection.ProviderKey
        || Options.ContainsKey(setting);

    private static IEnumerable<KeyValuePair<string, string?>> Walk(string prefix, object options) =>
        options.GetType().GetProperties().SelectMany(property =>
        {
            var (name, value) = ($"{prefix}:{property.Name}", property.GetValue(options));
            return property.PropertyType.Assembly == typeof(RealtimeOptions).Assembly
                ? Walk(name, value!)
                : [KeyValuePair.Create(name, Text(value))];
        });

    private static string? Text(object? value) => value switch
    {
        bool flag => flag ? "true" : "false",
        TimeSpan { Milliseconds: > 0 } duration => duration.ToString("c").TrimEnd('0'),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        string text => text,
        _ => null,
    };
}
