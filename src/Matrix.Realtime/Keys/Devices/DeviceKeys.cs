using System.Text.Json;
using Matrix.Realtime.Errors;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.Events;

namespace Matrix.Realtime.Keys.Devices;

/// <summary>The shape of a device's identity keys (client-server API, "Device keys").</summary>
internal static class DeviceKeys
{
    /// <summary>The keys, which must be those of the device.</summary>
    /// <exception cref="MatrixException">400: something is missing, or they are another device's. 413.</exception>
    public static SignedJson Parse(JsonElement json, DeviceKey owner)
    {
        if (!json.TryGet("algorithms", JsonValueKind.Array, out var algorithms)
            || algorithms.EnumerateArray().Any(algorithm => algorithm.ValueKind != JsonValueKind.String)
            || !json.TryGet("keys", JsonValueKind.Object, out var keys)
            || keys.EnumerateObject().Any(key => key.Value.ValueKind != JsonValueKind.String)
            || !json.TryGet("signatures", JsonValueKind.Object, out _))
        {
            throw MatrixException.BadJson("'device_keys' must have 'algorithms', 'keys' and 'signatures'.");
        }

        return json.String("user_id") == owner.UserId.Value && json.String("device_id") == owner.DeviceId.Value
            ? SignedJson.Parse(json)
            : throw MatrixException.InvalidParam("These are the keys of another user or device.");
    }

    /// <summary>The public half of the key that the device signs with, if it has one.</summary>
    public static string? FindSigningKey(DeviceKeysRow row) =>
        JsonElement.Parse(row.Json).TryGet("keys", out var keys)
            ? keys.String(KeyIds.OfSigningKey(row.DeviceId.Value))
            : null;
}
