namespace Matrix.Realtime.Identifiers;

/// <summary>A device, named in full: device identifiers are unique within their user only.</summary>
internal readonly record struct DeviceKey(UserId UserId, DeviceId DeviceId);
