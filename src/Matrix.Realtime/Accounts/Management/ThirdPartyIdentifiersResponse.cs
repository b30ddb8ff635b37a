using System.Text.Json.Serialization;

namespace Matrix.Realtime.Accounts.Management;

/// <summary>The addresses of the caller: none, since this server keeps none.</summary>
internal sealed record ThirdPartyIdentifiersResponse
{
    public static readonly ThirdPartyIdentifiersResponse None = new();

    [JsonPropertyName("threepids")]
    public IReadOnlyList<string> ThirdPartyIdentifiers { get; } = [];
}
