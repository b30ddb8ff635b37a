using Microsoft.Extensions.Options;

namespace Matrix.Realtime.Server;

/// <summary>Adds what is wrong with settings before they become options to the faults that the start reports.</summary>
internal sealed class SettingsRefusal(IReadOnlyList<string> failures) : IValidateOptions<RealtimeOptions>
{
    public ValidateOptionsResult Validate(string? name, RealtimeOptions options) => ValidateOptionsResult.Fail(failures);
}
