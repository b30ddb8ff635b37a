using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.Rooms.Writing;

/// <summary>A device, named in full: device identifiers are unique within their user only.</summary>
internal readonly record struct DeviceKey(UserId UserId, DeviceId DeviceId);
