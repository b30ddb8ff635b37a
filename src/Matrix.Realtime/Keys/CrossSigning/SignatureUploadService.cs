using System.Text.Json;
using Matrix.Realtime.Accounts;
using Matrix.Realtime.Accounts.Devices;
using Matrix.Realtime.Errors;
using Matrix.Realtime.Http;
using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.Keys.CrossSigning;

/// <summary>
/// Takes the signatures that users make of their devices and master keys, and of the master keys of others.
/// </summary>
internal sealed class SignatureUploadService(
    DeviceSessions sessions, DeviceDirectory devices, KeySignatureWriter writer)
{
    /// <summary>Takes those that are right, and tells what is wrong with the others.</summary>
    public async Task<SignaturesUploadResponse> UploadAsync(
        Requester requester,
        IReadOnlyDictionary<UserId, Dictionary<string, JsonElement>> signedKeys,
        CancellationToken cancellationToken)
    {
        // Read before the writer's loop would have to wait for it.
        var given = Parse(signedKeys, out var malformed);
        List<UserId> owners = [.. given.Select(key => key.Owner).Distinct()];
        List<(UserId Owner, string Name, KeyFailure Failure)> refused = [];
        await sessions.ChangeAsync(
            requester.UserId,
            async batch =>
            {
                await devices.RequireAsync(batch, requester.Device);
                refused.Clear();
                List<KeySignatureRow> accepted = [];
                var signable = await batch.ReadAsync((database, token) =>
                    SignableKeys.ReadAsync(database, requester.UserId, owners, token));
                foreach (var key in given)
                {
                    if (signable.Check(key, accepted) is { } failure)
                    {
                        refused.Add((key.Owner, key.Name, failure));
                    }
                }

                await writer.AddAsync(batch, requester.UserId, accepted);
            },
            cancellationToken);
        return new SignaturesUploadResponse(malformed.Concat(refused).GroupBy(key => key.Owner.Value)
            .ToDictionary(user => user.Key, user => user.ToDictionary(key => key.Name, key => key.Failure)));
    }

    private static List<SignedKey> Parse(
        IReadOnlyDictionary<UserId, Dictionary<string, JsonElement>> signedKeys,
        out List<(UserId Owner, string Name, KeyFailure Failure)> malformed)
    {
        List<SignedKey> parsed = [];
        malformed = [];
        foreach (var (owner, keys) in signedKeys)
        {
            foreach (var (name, json) in keys)
            {
                try
                {
                    parsed.Add(new SignedKey(owner, name, SignedJson.Parse(json)));
                }
                catch (MatrixException refusal)
                {
                    malformed.Add((owner, name, KeyFailure.Of(refusal)));
                }
            }
        }

        return parsed;
    }
}
