using Matrix.Realtime.Accounts;
using Matrix.Realtime.Accounts.Devices;
using Matrix.Realtime.Errors;
using Matrix.Realtime.Http;
using Matrix.Realtime.Keys.OneTime;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.Keys.Devices;

/// <summary>Takes the keys that devices publish.</summary>
internal sealed class KeyUploadService(
    DeviceSessions sessions,
    DeviceDirectory devices,
    LiveState live,
    OneTimeKeysTable oneTimeKeysTable,
    OneTimeKeyWriter oneTimeKeyWriter,
    DeviceKeyWriter deviceKeyWriter,
    KeyCountsReader counts)
{
    /// <summary>Takes what is new, all of it or nothing.</summary>
    /// <returns>How many one-time keys the device has by now.</returns>
    /// <exception cref="MatrixException">400: something is malformed, or does not belong to the device.</exception>
    public async Task<byte[]> UploadAsync(
        Requester requester, KeyUploadRequest request, CancellationToken cancellationToken)
    {
        var owner = requester.Device;
        var deviceKeys = request.DeviceKeys is { } json ? DeviceKeys.Parse(json, owner) : null;
        var oneTimeKeys = UploadedKey.ParseAll(request.OneTimeKeys);
        var fallbackKeys = UploadedKey.ParseAll(request.FallbackKeys);
        if (fallbackKeys.DistinctBy(key => key.Algorithm).Count() < fallbackKeys.Count)
        {
            throw MatrixException.InvalidParam("There can be one fallback key for an algorithm only.");
        }

        if (deviceKeys is not null || oneTimeKeys.Count > 0 || fallbackKeys.Count > 0)
        {
            // Loads what is not live before the writer's loop would have to wait for it.
            await live.GetAsync(live.Current, oneTimeKeysTable, owner, cancellationToken);
            await sessions.ChangeAsync(
                requester.UserId,
                async batch =>
                {
                    await devices.RequireAsync(batch, requester.Device);
                    if (deviceKeys is not null)
                    {
                        await deviceKeyWriter.SetAsync(batch, owner, deviceKeys);
                    }

                    await oneTimeKeyWriter.AddAsync(batch, owner, oneTimeKeys, fallbackKeys);
                },
                cancellationToken);
        }

        var left = await counts.GetAsync(live.Current, requester, cancellationToken);
        return KeyResponse.Encode(response =>
        {
            response.WritePropertyName("one_time_key_counts"u8);
            response.WriteRawValue(left.OneTimeKeyCounts, skipInputValidation: true);
        });
    }
}
