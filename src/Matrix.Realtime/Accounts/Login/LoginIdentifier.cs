using System.Text.Json.Serialization;

namespace Matrix.Realtime.Accounts.Login;

/// <summary>The <c>identifier</c> of a login: who wants to log in.</summary>
internal sealed record LoginIdentifier
{
    public const string User = "m.id.user";
    public const string ThirdParty = "m.id.thirdparty";
    public const string Phone = "m.id.phone";

    [JsonPropertyName("type")]
    public required string Type { get; init; }

    [JsonPropertyName("user")]
    public string? UserName { get; init; }
}
