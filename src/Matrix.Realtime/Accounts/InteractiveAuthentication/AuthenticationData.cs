using System.Text.Json.Serialization;
using Matrix.Realtime.Accounts.Login;

namespace Matrix.Realtime.Accounts.InteractiveAuthentication;

/// <summary>The <c>auth</c> of a request: an attempt at one stage.</summary>
internal sealed record AuthenticationData
{
    [JsonPropertyName("type")]
    public string? Type { get; init; }

    [JsonPropertyName("session")]
    public string? Session { get; init; }

    /// <summary>Of <c>m.login.password</c>: who authenticates.</summary>
    [JsonPropertyName("identifier")]
    public LoginIdentifier? Identifier { get; init; }

    /// <summary>The older way to name a user, without an identifier.</summary>
    [JsonPropertyName("user")]
    public string? User { get; init; }

    [JsonPropertyName("password")]
    public string? Password { get; init; }

    /// <summary>Of <c>m.login.registration_token</c>.</summary>
    [JsonPropertyName("token")]
    public string? Token { get; init; }
}
