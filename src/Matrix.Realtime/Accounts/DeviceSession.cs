using Matrix.Realtime.Accounts.Tokens;
using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.Accounts;

/// <summary>A user logged in on a device.</summary>
internal sealed record DeviceSession(UserId UserId, DeviceId DeviceId, IssuedTokens Tokens);
