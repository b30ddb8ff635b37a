using System.Text.Json.Nodes;

namespace Matrix.Realtime.Tests.Keys;

/// <summary>Requests about keys, and what is read of the answers.</summary>
internal static class KeyRequests
{
    /// <summary>All keys of the users.</summary>
    public static Task<JsonObject> QueryKeysAsync(this MatrixClient client, params string[] userIds) =>
        client.PostAsync("keys/query", new JsonObject
        {
            ["device_keys"] = new JsonObject(userIds.Select(userId =>
                KeyValuePair.Create(userId, (JsonNode?)new JsonArray()))),
        }).ExpectAsync();

    /// <summary>Claims a key of a device; its name and itself, or null when there was none.</summary>
    public static async Task<(string Name, string Key)?> ClaimAsync(
        this MatrixClient client, MatrixClient device, string algorithm = "signed_curve25519")
    {
        var answer = await client.PostAsync("keys/claim", new JsonObject
        {
            ["one_time_keys"] = new JsonObject
            {
                [device.UserId] = new JsonObject { [device.DeviceId] = algorithm },
            },
        }).ExpectAsync();
        return answer["one_time_keys"]![device.UserId]?[device.DeviceId]?.AsObject() is { } keys
            ? (Assert.Single(keys).Key, keys.First().Value!.ToJsonString())
            : null;
    }

    /// <summary>Claims a key of a device that must have one, and returns its name without the algorithm.</summary>
    public static async Task<string> ClaimNameAsync(this MatrixClient client, MatrixClient device)
    {
        var claimed = await client.ClaimAsync(device);
        Assert.NotNull(claimed);
        return claimed.Value.Name.Split(':')[1];
    }

    /// <summary>Uploads a signed key, whose signature must be taken.</summary>
    public static async Task UploadSignatureAsync(this MatrixClient client, string userId, string name, JsonObject key)
    {
        var answer = await client.TryUploadSignatureAsync(userId, name, key);
        Assert.Equal("""{"failures":{}}""", answer.ToJsonString());
    }

    public static Task<JsonObject> TryUploadSignatureAsync(
        this MatrixClient client, string userId, string name, JsonObject key) =>
        client.PostAsync("keys/signatures/upload", new JsonObject
        {
            [userId] = new JsonObject { [name] = key },
        }).ExpectAsync();

    public static Task<JsonObject> GetKeyChangesAsync(this MatrixClient client, string from, string to) =>
        client.GetAsync($"keys/changes?from={from}&to={to}").ExpectAsync();

    /// <summary>The users whose devices changed, in order.</summary>
    public static IEnumerable<string> Changed(this JsonObject sync) => Users(sync, "changed");

    /// <summary>The users who share no room any more, in order.</summary>
    public static IEnumerable<string> Departed(this JsonObject sync) => Users(sync, "left");

    public static int OneTimeKeysLeft(this JsonObject sync, string algorithm = "signed_curve25519") =>
        (int)sync["device_one_time_keys_count"]![algorithm]!;

    public static string UnusedFallbackKeyTypes(this JsonObject sync) =>
        sync["device_unused_fallback_key_types"]!.ToJsonString();

    private static IEnumerable<string> Users(JsonObject sync, string name) =>
        (sync["device_lists"] ?? sync)[name] is JsonArray users
            ? users.Select(user => (string)user!).Order(StringComparer.Ordinal)
            : [];
}
