using System.Text.Json.Serialization;
using Matrix.Realtime.Accounts.InteractiveAuthentication;

namespace Matrix.Realtime.Accounts.Management;

/// <summary>The body of <c>deactivateAccount</c>.</summary>
internal sealed record DeactivateRequest : IInteractiveRequest<DeactivateRequest>
{
    [JsonPropertyName("auth")]
    public AuthenticationData? Auth { get; init; }

    public DeactivateRequest WithoutAuth() => this with { Auth = null };
}
