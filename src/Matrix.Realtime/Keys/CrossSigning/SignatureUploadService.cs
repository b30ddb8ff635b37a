using System.Text.Json;
using Matrix.Realtime.Accounts;
using Matrix.Realtime.Http;
using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.Keys.CrossSigning;

/// <summary>
/// Takes the signatures that users make of their devices and master keys, and of the master keys of others.
/// </summary>
internal sealed class SignatureUploadService(DeviceSessions sessions, KeySignatureWriter writer)
{
    /// <summary>Takes those that are right, and tells what is wrong with the others.</summary>
    public async Task<SignaturesUploadResponse> UploadAsync(
        Requester requester,
        IReadOnlyDictionary<UserId, Dictionary<string, JsonElement>> signedKeys,
        CancellationToken cancellationToken)
    {
        var failures = new Dictionary<string, Dictionary<string, KeyFailure>>();
        await sessions.ChangeAsync(
            requester.UserId,
            async batch =>
            {
                failures.Clear();
                List<KeySignatureRow> accepted = [];
                var signable = await batch.ReadAsync((database, token) =>
                    SignableKeys.ReadAsync(database, requester.UserId, signedKeys.Keys, token));
                foreach (var (userId, keys) in signedKeys)
                {
                    foreach (var (name, json) in keys)
                    {
                        if (signable.Check(userId, name, json, accepted) is { } failure)
                        {
                            failures.TryAdd(userId.Value, []);
                            failures[userId.Value][name] = failure;
                        }
                    }
                }

                await writer.AddAsync(batch, requester.UserId, accepted);
            },
            cancellationToken);
        return new SignaturesUploadResponse(failures);
    }
}
