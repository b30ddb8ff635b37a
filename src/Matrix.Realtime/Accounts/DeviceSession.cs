using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.Accounts;

/// <summary>A user logged in on a device. The one place where the access token is still readable.</summary>
internal sealed record DeviceSession(UserId UserId, DeviceId DeviceId, string AccessToken)
{
    // The one a record generates would print the token.
    public override string ToString() => $"{UserId} on {DeviceId}";
}
