using System.Text.Json.Serialization;

namespace Matrix.Realtime.Accounts.Login;

/// <summary>The ways to log in to this server.</summary>
internal sealed record LoginFlowsResponse([property: JsonPropertyName("flows")] IReadOnlyList<LoginFlow> Flows)
{
    public static readonly LoginFlowsResponse Current = new([new LoginFlow(LoginFlow.Password)]);
}
