using Matrix.Realtime.Server;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Matrix.Realtime.Tests.Server;

public sealed class DatabaseSelectionTests
{
    [Theory]
    [InlineData("Oracle", null, "Matrix:Database:Provider", "ConnectionStrings:Matrix")]
    [InlineData(null, "Data Source=x.db", "Matrix:Database:Provider")]
    [InlineData("Sqlite", "Fuel Source=x.db", "ConnectionStrings:Matrix")]
    [InlineData("Postgres", "Host=localhost;Colour=red", "ConnectionStrings:Matrix")]
    [InlineData("Postgres", " ", "ConnectionStrings:Matrix")]
    public async Task Start_WithFaultsOfEveryKind_NamesAllInOneMessage(
        string? provider, string? connectionString, params string[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Matrix:ServerName"] = "exa mple",
            ["Matrix:MaxJsonDepth"] = "57",
            ["Matrix:MaxRequestBytes"] = "many",
            ["Matrix:Typing:MaxTimeout"] = "soon",
            ["Matrix:PublicBaseUrl"] = "http://",
            ["Matrix:Database:Provider"] = provider,
            ["ConnectionStrings:Matrix"] = connectionString,
        });
        builder.Services.AddMatrixSettings(builder.Configuration);
        builder.Services.AddMatrixRealtime();
        builder.Services.AddMatrixDatabase(builder.Configuration);
        using var host = builder.Build();

        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());

        string[] expected =
        [
            "Matrix:ServerName", "Matrix:MaxJsonDepth", "Matrix:MaxRequestBytes", "Matrix:Typing:MaxTimeout",
            "Matrix:PublicBaseUrl", .. settings,
        ];
        Assert.Equal(expected.Length, exception.Failures.Count());
        Assert.All(expected, setting => Assert.Contains(setting, exception.Message, StringComparison.Ordinal));
        Assert.DoesNotContain("Colour", exception.Message, StringComparison.Ordinal);
    }
}
