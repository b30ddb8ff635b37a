using Matrix.Realtime.Http;
using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.Keys;

/// <summary>The device that keys belong to.</summary>
internal readonly record struct KeyOwner(UserId UserId, DeviceId DeviceId)
{
    public static KeyOwner Of(Requester requester) => new(requester.UserId, requester.DeviceId);
}
