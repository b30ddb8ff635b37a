using System.Text.Json.Serialization;
using Matrix.Realtime.Accounts.InteractiveAuthentication;
using Matrix.Realtime.Accounts.Login;
using Matrix.Realtime.Accounts.Registration;

namespace Matrix.Realtime.Accounts;

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AuthenticationChallenge))]
[JsonSerializable(typeof(LoginFlowsResponse))]
[JsonSerializable(typeof(LoginRequest))]
[JsonSerializable(typeof(LoginResponse))]
[JsonSerializable(typeof(RegisterRequest))]
[JsonSerializable(typeof(RegisterResponse))]
[JsonSerializable(typeof(UsernameAvailabilityResponse))]
[JsonSerializable(typeof(WhoamiResponse))]
internal sealed partial class AccountsJsonContext : JsonSerializerContext;
