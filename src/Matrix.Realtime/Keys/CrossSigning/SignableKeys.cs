using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Keys.Devices;
using Matrix.Realtime.Storage;
using Microsoft.EntityFrameworkCore;

namespace Matrix.Realtime.Keys.CrossSigning;

/// <summary>What a user may sign, and with what.</summary>
/// <param name="signer">The user.</param>
/// <param name="own">Their cross-signing keys.</param>
/// <param name="devices">Their devices' keys, by device id.</param>
/// <param name="masterKeys">The master keys of others.</param>
internal sealed class SignableKeys(
    UserId signer,
    CrossSigningKeys own,
    IReadOnlyDictionary<string, DeviceKeysRow> devices,
    IReadOnlyDictionary<UserId, CrossSigningKey> masterKeys)
{
    public static async Task<SignableKeys> ReadAsync(
        MatrixDbContext database, UserId signer, IReadOnlyList<UserId> owners, CancellationToken cancellationToken)
    {
        var own = await CrossSigningKeys.ReadAsync(database, signer, cancellationToken);
        var devices = await database.Set<DeviceKeysRow>().AsNoTracking()
            .Where(row => row.UserId == signer).ToListAsync(cancellationToken);
        var masterKeys = await database.Set<CrossSigningKeyRow>().AsNoTracking()
            .Where(row => EF.Parameter(owners).Contains(row.UserId) && row.Usage == CrossSigningUsages.Master)
            .ToListAsync(cancellationToken);
        return new SignableKeys(
            signer,
            own,
            devices.ToDictionary(row => row.DeviceId.Value),
            masterKeys.ToDictionary(row => row.UserId, CrossSigningKey.From));
    }

    /// <summary>Adds the signatures of a key to those that are accepted, or tells what is wrong with them.</summary>
    public KeyFailure? Check(SignedKey given, List<KeySignatureRow> accepted) =>
        given.Owner == signer && devices.TryGetValue(given.Name, out var device)
            ? CheckWith(own.SelfSigning, given, SignedJson.Read(device.Json), accepted)
            : !masterKeys.TryGetValue(given.Owner, out var master) || master.PublicKey != given.Name ? KeyFailure.NotFound
            : given.Owner == signer ? CheckOwnMaster(given, master, accepted)
            : CheckWith(own.UserSigning, given, master.Json, accepted);

    private KeyFailure? CheckWith(
        CrossSigningKey? key, SignedKey given, SignedJson published, List<KeySignatureRow> accepted)
    {
        if (!given.Json.HasSameContent(published))
        {
            return KeyFailure.Different;
        }

        if (key is null || !given.Json.IsSignedBy(signer, key.PublicKey, key.KeyId))
        {
            return KeyFailure.Unsigned;
        }

        accepted.Add(ToRow(given, key.KeyId));
        return null;
    }

    /// <summary>A master key is signed by the devices of its owner.</summary>
    private KeyFailure? CheckOwnMaster(SignedKey given, CrossSigningKey master, List<KeySignatureRow> accepted)
    {
        if (!given.Json.HasSameContent(master.Json))
        {
            return KeyFailure.Different;
        }

        var signing = given.Json.Signatures.Of(signer).Keys
            .Where(keyId => KeyIds.IsSigningKey(keyId, out var name) && devices.ContainsKey(name)).ToList();
        if (signing.Count == 0 || !signing.TrueForAll(keyId => IsSignedByDevice(given.Json, keyId)))
        {
            return KeyFailure.Unsigned;
        }

        accepted.AddRange(signing.Select(keyId => ToRow(given, keyId)));
        return null;
    }

    private bool IsSignedByDevice(SignedJson given, string keyId) =>
        KeyIds.IsSigningKey(keyId, out var name)
        && DeviceKeys.FindSigningKey(devices[name]) is { } publicKey
        && given.IsSignedBy(signer, publicKey, keyId);

    private KeySignatureRow ToRow(SignedKey given, string keyId) => new()
    {
        UserId = signer,
        KeyId = keyId,
        SignedUserId = given.Owner,
        SignedKey = given.Name,
        Signature = given.Json.Signatures.Of(signer)[keyId],
    };
}
