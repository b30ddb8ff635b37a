using System.Linq.Expressions;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Keys.DeviceLists;
using Matrix.Realtime.Streams;
using Microsoft.EntityFrameworkCore;

namespace Matrix.Realtime.Keys.CrossSigning;

/// <summary>The one way in which the signatures change that users add to keys.</summary>
internal sealed class KeySignatureWriter(DeviceListWriter deviceLists)
{
    /// <summary>
    /// Keeps what is new of the signatures. Those of a user's own keys are for everybody; those of others' keys only
    /// their maker sees.
    /// </summary>
    public async ValueTask AddAsync(ChangeBatch batch, UserId userId, IReadOnlyCollection<KeySignatureRow> signatures)
    {
        var known = await ReadAsync(batch, row => row.UserId == userId);
        var added = signatures.Where(signature => !known.Exists(row => IsSame(row, signature))).ToList();
        foreach (var signed in added.GroupBy(signature => signature.SignedUserId))
        {
            var position = signed.Key == userId
                ? await deviceLists.AnnounceAsync(batch, userId)
                : batch.Append(new UserSignedChange(userId, signed.Key));
            foreach (var signature in signed)
            {
                signature.Position = position;
                batch.Upsert(signature);
            }
        }
    }

    /// <summary>Forgets the signatures of a device, and those over it: its keys are others, or gone.</summary>
    public ValueTask RemoveOfDeviceAsync(ChangeBatch batch, DeviceKey owner) =>
        RemoveAsync(batch, owner.UserId, KeyIds.OfSigningKey(owner.DeviceId.Value), owner.DeviceId.Value);

    /// <summary>
    /// Forgets the signatures of a cross-signing key, and those over it: there is another in its place.
    /// </summary>
    public ValueTask RemoveOfKeyAsync(ChangeBatch batch, UserId userId, CrossSigningKey key) =>
        RemoveAsync(batch, userId, key.KeyId, key.PublicKey);

    private static async ValueTask RemoveAsync(ChangeBatch batch, UserId userId, string keyId, string signedKey)
    {
        var rows = await ReadAsync(
            batch,
            row => (row.UserId == userId && row.KeyId == keyId)
                || (row.SignedUserId == userId && row.SignedKey == signedKey));
        rows.ForEach(batch.Delete);
    }

    private static bool IsSame(KeySignatureRow one, KeySignatureRow other) =>
        one.KeyId == other.KeyId
        && one.SignedUserId == other.SignedUserId
        && one.SignedKey == other.SignedKey
        && one.Signature == other.Signature;

    private static Task<List<KeySignatureRow>> ReadAsync(
        ChangeBatch batch, Expression<Func<KeySignatureRow, bool>> which) =>
        batch.ReadAsync((database, cancellationToken) =>
            database.Set<KeySignatureRow>().AsNoTracking().Where(which).ToListAsync(cancellationToken));
}
