using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Matrix.Realtime;

/// <summary>Fills in what depends on the environment, so that readers of the options see a decision.</summary>
internal sealed class RealtimeOptionsDefaults(IHostEnvironment environment) : IPostConfigureOptions<RealtimeOptions>
{
    public void PostConfigure(string? name, RealtimeOptions options) =>
        options.Registration.Enabled ??= environment.IsDevelopment();
}
