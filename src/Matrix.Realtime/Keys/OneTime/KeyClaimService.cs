using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.Keys.OneTime;

/// <summary>Hands out the keys of devices to those who want to send to them.</summary>
internal sealed class KeyClaimService(
    ChangeWriter writer, LiveState live, OneTimeKeysTable table, OneTimeKeyWriter keys, LocalServer server)
{
    public async Task<byte[]> ClaimAsync(KeyClaimRequest request, CancellationToken cancellationToken)
    {
        List<(DeviceKey Owner, string Algorithm)> wanted = [];
        foreach (var (userId, devices) in request.OneTimeKeys.Where(user => server.Owns(user.Key)))
        {
            foreach (var (deviceId, algorithm) in devices)
            {
                // Loads what is not live before the writer's loop would have to wait for it.
                var owner = new DeviceKey(userId, deviceId);
                if (!(await live.GetAsync(live.Current, table, owner, cancellationToken)).IsEmpty)
                {
                    wanted.Add((owner, algorithm));
                }
            }
        }

        var claimed = wanted.Count == 0
            ? []
            : await writer.SubmitAsync(batch => ClaimAsync(batch, wanted), cancellationToken);
        return KeyResponse.Encode(json =>
        {
            json.WriteFailures(server, request.OneTimeKeys.Keys);
            json.WriteStartObject("one_time_keys"u8);
            foreach (var user in claimed.GroupBy(key => key.Owner.UserId))
            {
                json.WriteStartObject(user.Key.Value);
                foreach (var (owner, key) in user)
                {
                    json.WriteStartObject(owner.DeviceId.Value);
                    json.WritePropertyName(key.Name);
                    json.WriteRawValue(key.Json, skipInputValidation: true);
                    json.WriteEndObject();
                }

                json.WriteEndObject();
            }

            json.WriteEndObject();
        });
    }

    private async ValueTask<List<(DeviceKey Owner, ClaimedKey Key)>> ClaimAsync(
        ChangeBatch batch, IReadOnlyList<(DeviceKey Owner, string Algorithm)> wanted)
    {
        List<(DeviceKey Owner, ClaimedKey Key)> claimed = [];
        foreach (var (owner, algorithm) in wanted)
        {
            if (await keys.ClaimAsync(batch, owner, algorithm) is { } key)
            {
                claimed.Add((owner, key));
            }
        }

        return claimed;
    }
}
