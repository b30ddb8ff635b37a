using System.Text.Json;
using Matrix.Realtime.Http;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Keys.CrossSigning;

namespace Matrix.Realtime.Keys;

/// <summary>Shows users the keys of others. Anybody may see those of anybody, but not all signatures.</summary>
internal sealed class KeyQueryService(PublishedKeysStore store, LocalServer server)
{
    public async Task<byte[]> QueryAsync(
        Requester requester, KeyQueryRequest request, CancellationToken cancellationToken)
    {
        var users = request.DeviceKeys.Keys.Where(server.Owns).ToList();
        var published = await store.ReadAsync(users, requester.UserId, cancellationToken);
        return KeyResponse.Encode(json =>
        {
            json.WriteFailures(server, request.DeviceKeys.Keys);
            json.WriteStartObject("device_keys"u8);
            foreach (var userId in users.Where(published.Users.Contains))
            {
                WriteDevices(json, published, userId, request.DeviceKeys[userId]);
            }

            json.WriteEndObject();
            WriteCrossSigningKeys(json, "master_keys"u8, published, CrossSigningUsages.Master);
            WriteCrossSigningKeys(json, "self_signing_keys"u8, published, CrossSigningUsages.SelfSigning);
            WriteCrossSigningKeys(
                json, "user_signing_keys"u8, published, CrossSigningUsages.UserSigning, requester.UserId);
        });
    }

    private static void WriteDevices(
        Utf8JsonWriter json, PublishedKeys published, UserId userId, IReadOnlyList<string> wanted)
    {
        json.WriteStartObject(userId.Value);
        foreach (var row in published.Devices[userId])
        {
            if (wanted.Count == 0 || wanted.Contains(row.DeviceId.Value))
            {
                json.WritePropertyName(row.DeviceId.Value);
                json.WriteRawValue(published.Encode(row), skipInputValidation: true);
            }
        }

        json.WriteEndObject();
    }

    /// <summary>The keys of one usage: of everybody asked for, or only of whom they concern.</summary>
    private static void WriteCrossSigningKeys(
        Utf8JsonWriter json, ReadOnlySpan<byte> name, PublishedKeys published, string usage, UserId? only = null)
    {
        json.WriteStartObject(name);
        foreach (var row in published.CrossSigningKeys)
        {
            if (row.Usage == usage && (only is null || row.UserId == only))
            {
                json.WritePropertyName(row.UserId.Value);
                json.WriteRawValue(published.Encode(row), skipInputValidation: true);
            }
        }

        json.WriteEndObject();
    }
}
