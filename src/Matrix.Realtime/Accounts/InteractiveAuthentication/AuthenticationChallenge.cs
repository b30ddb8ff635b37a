using System.Text.Json;
using System.Text.Json.Serialization;

namespace Matrix.Realtime.Accounts.InteractiveAuthentication;

/// <summary>What a client that has not yet authenticated is told: a 401 with what there is to do.</summary>
/// <remarks>The first one holds no <c>errcode</c>, since nothing has failed; clients show one to their user.</remarks>
internal sealed record AuthenticationChallenge
{
    private static readonly Dictionary<string, JsonElement> NoParams = [];

    [JsonPropertyName("session")]
    public required string Session { get; init; }

    [JsonPropertyName("flows")]
    public required IReadOnlyList<AuthenticationFlow> Flows { get; init; }

    [JsonPropertyName("params")]
    public IReadOnlyDictionary<string, JsonElement> Params { get; init; } = NoParams;

    [JsonPropertyName("completed")]
    public required IReadOnlyList<string> Completed { get; init; }

    [JsonPropertyName("errcode")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ErrorCode { get; init; }

    [JsonPropertyName("error")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Error { get; init; }
}
