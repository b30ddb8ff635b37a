using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Matrix.Realtime.Tests;

public sealed class OptionsTests
{
    [Fact]
    public void Options_Unset_AreValid()
    {
        var options = Read("Production", []);

        Assert.Equal("localhost", options.ServerName);
        Assert.Equal(TimeSpan.FromSeconds(30), options.Typing.DefaultTimeout);
        Assert.Equal(TimeSpan.FromSeconds(120), options.Typing.MaxTimeout);
    }

    [Theory]
    [InlineData("Development", null, true)]
    [InlineData("Production", null, false)]
    [InlineData("Production", "true", true)]
    [InlineData("Development", "false", false)]
    public void Registration_Unset_IsOpenInDevelopmentOnly(string environment, string? setting, bool enabled)
    {
        var options = Read(environment, new() { ["Matrix:Registration:Enabled"] = setting });

        Assert.Equal(enabled, options.Registration.Enabled);
    }

    [Fact]
    public void Options_WithSeveralFaults_AreReportedTogether()
    {
        var exception = Assert.Throws<OptionsValidationException>(() => Read("Production", new()
        {
            ["Matrix:ServerName"] = "exa mple",
            ["Matrix:PublicBaseUrl"] = "ftp://example.org",
            ["Matrix:MaxRequestBytes"] = "1",
            ["Matrix:MaxJsonDepth"] = "57",
            ["Matrix:Typing:DefaultTimeout"] = "70.00:00:00",
            ["Matrix:Typing:MaxTimeout"] = "60.00:00:00",
            ["Matrix:AccessTokenLifetime"] = "00:00:00",
            ["Matrix:Typing:RateLimit:PermitLimit"] = "0",
            ["Matrix:Sync:MaxTimelineLimit"] = "1",
            ["Matrix:AccountData:MaxContentBytes"] = "0",
            ["Matrix:AccountData:MaxLargeContentBytes"] = "-1",
            ["Matrix:Registration:Tokens:0"] = "a b",
        }));

        Assert.Equal(12, exception.Failures.Count());
        Assert.All(exception.Failures, failure => Assert.StartsWith("Matrix:", failure, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Host_WithFaultyOptions_DoesNotStart()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddMatrixRealtime(options => options.ServerName = "");
        builder.Services.AddMatrixSqlite("Data Source=never-opened.db");
        using var host = builder.Build();

        await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());
    }

    private static RealtimeOptions Read(string environment, Dictionary<string, string?> settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        using var services = new ServiceCollection()
            .AddSingleton<IHostEnvironment>(new HostEnvironment(environment))
            .AddMatrixRealtime(configuration.GetSection(RealtimeOptions.SectionName).Bind)
            .BuildServiceProvider();
        return services.GetRequiredService<IOptions<RealtimeOptions>>().Value;
    }

    private sealed class HostEnvironment(string name) : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = name;

        public string ApplicationName { get; set; } = "test";

        public string ContentRootPath { get; set; } = "";

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
