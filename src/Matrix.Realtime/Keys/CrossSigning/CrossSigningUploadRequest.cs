using System.Text.Json;
using System.Text.Json.Serialization;
using Matrix.Realtime.Accounts.InteractiveAuthentication;

namespace Matrix.Realtime.Keys.CrossSigning;

/// <summary>The body of <c>uploadCrossSigningKeys</c>.</summary>
internal sealed record CrossSigningUploadRequest : IInteractiveRequest<CrossSigningUploadRequest>
{
    [JsonPropertyName("auth")]
    public AuthenticationData? Auth { get; init; }

    [JsonPropertyName("master_key")]
    public JsonElement? MasterKey { get; init; }

    [JsonPropertyName("self_signing_key")]
    public JsonElement? SelfSigningKey { get; init; }

    [JsonPropertyName("user_signing_key")]
    public JsonElement? UserSigningKey { get; init; }

    public CrossSigningUploadRequest WithoutAuth() => this with { Auth = null };
}
