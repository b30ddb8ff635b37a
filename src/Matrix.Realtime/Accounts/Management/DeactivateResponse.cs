using System.Text.Json.Serialization;

namespace Matrix.Realtime.Accounts.Management;

/// <summary>The answer to a deactivation: no identity server had to be told.</summary>
internal sealed record DeactivateResponse
{
    public static readonly DeactivateResponse Instance = new();

    [JsonPropertyName("id_server_unbind_result")]
    public string UnbindResult { get; } = "success";
}
