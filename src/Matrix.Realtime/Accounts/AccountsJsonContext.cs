using System.Text.Json.Serialization;
using Matrix.Realtime.Accounts.Devices;
using Matrix.Realtime.Accounts.InteractiveAuthentication;
using Matrix.Realtime.Accounts.Login;
using Matrix.Realtime.Accounts.Management;
using Matrix.Realtime.Accounts.Moderation;
using Matrix.Realtime.Accounts.Refresh;
using Matrix.Realtime.Accounts.Registration;

namespace Matrix.Realtime.Accounts;

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AuthenticationChallenge))]
[JsonSerializable(typeof(ChangePasswordRequest))]
[JsonSerializable(typeof(DeactivateRequest))]
[JsonSerializable(typeof(DeactivateResponse))]
[JsonSerializable(typeof(DeleteDevicesRequest))]
[JsonSerializable(typeof(DeviceResponse))]
[JsonSerializable(typeof(DevicesResponse))]
[JsonSerializable(typeof(LockedStatus))]
[JsonSerializable(typeof(LoginFlowsResponse))]
[JsonSerializable(typeof(LoginRequest))]
[JsonSerializable(typeof(LoginResponse))]
[JsonSerializable(typeof(RefreshRequest))]
[JsonSerializable(typeof(RefreshResponse))]
[JsonSerializable(typeof(RegisterRequest))]
[JsonSerializable(typeof(RegisterResponse))]
[JsonSerializable(typeof(RegistrationTokenValidityResponse))]
[JsonSerializable(typeof(SuspendedStatus))]
[JsonSerializable(typeof(ThirdPartyIdentifiersResponse))]
[JsonSerializable(typeof(UpdateDeviceRequest))]
[JsonSerializable(typeof(UsernameAvailabilityResponse))]
[JsonSerializable(typeof(WhoamiResponse))]
internal sealed partial class AccountsJsonContext : JsonSerializerContext;
