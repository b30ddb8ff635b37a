using System.Text.Json.Serialization;
using Matrix.Realtime.Accounts.InteractiveAuthentication;

namespace Matrix.Realtime.Accounts.Login;

/// <summary>The ways to log in to this server.</summary>
internal sealed record LoginFlowsResponse([property: JsonPropertyName("flows")] IReadOnlyList<LoginFlow> Flows)
{
    public static readonly LoginFlowsResponse Current = new([new LoginFlow(PasswordStage.Name)]);
}
