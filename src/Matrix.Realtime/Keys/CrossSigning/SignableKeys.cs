using System.Text.Json;
using Matrix.Realtime.Errors;
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
        MatrixDbContext database, UserId signer, IEnumerable<UserId> signed, CancellationToken cancellationToken)
    {
        var others = signed.ToList();
        var own = await CrossSigningKeys.ReadAsync(database, signer, cancellationToken);
        var devices = await database.Set<DeviceKeysRow>().AsNoTracking()
            .Where(row => row.UserId == signer).ToListAsync(cancellationToken);
        var masterKeys = await database.Set<CrossSigningKeyRow>().AsNoTracking()
            .Where(row => others.Contains(row.UserId) && row.Usage == CrossSigningUsages.Master)
            .ToListAsync(cancellationToken);
        return new SignableKeys(
            signer,
            own,
            devices.ToDictionary(row => row.DeviceId.Value),
            masterKeys.ToDictionary(row => row.UserId, CrossSigningKey.From));
    }

    /// <summary>Adds the signatures of a key to those that are accepted, or tells what is wrong with them.</summary>
    public KeyFailure? Check(UserId owner, string name, JsonElement json, List<KeySignatureRow> accepted)
    {
        try
        {
            var given = new SignedJson(json);
            return owner == signer && devices.TryGetValue(name, out var device)
                ? CheckWith(own.SelfSigning, given, SignedJson.Read(device.Json), owner, name, accepted)
                : !masterKeys.TryGetValue(owner, out var master) || master.PublicKey != name ? KeyFailure.NotFound
                : owner == signer ? CheckOwnMaster(given, master, accepted)
                : CheckWith(own.UserSigning, given, master.Json, owner, name, accepted);
        }
        catch (MatrixException refusal)
        {
            return KeyFailure.Of(refusal);
        }
    }

    private KeyFailure? CheckWith(
        CrossSigningKey? key,
        SignedJson given,
        SignedJson published,
        UserId owner,
        string name,
        List<KeySignatureRow> accepted)
    {
        if (!given.HasSameContent(published))
        {
            return KeyFailure.Different;
        }

        if (key is null || !given.IsSignedBy(signer, key.PublicKey, key.KeyId))
        {
            return KeyFailure.Unsigned;
        }

        accepted.Add(ToRow(given, key.KeyId, owner, name));
        return null;
    }

    /// <summary>A master key is signed by the devices of its owner.</summary>
    private KeyFailure? CheckOwnMaster(SignedJson given, CrossSigningKey master, List<KeySignatureRow> accepted)
    {
        if (!given.HasSameContent(master.Json))
        {
            return KeyFailure.Different;
        }

        var signing = given.Signatures.Of(signer).Keys
            .Where(keyId => KeyIds.IsSigningKey(keyId, out var name) && devices.ContainsKey(name)).ToList();
        if (signing.Count == 0 || !signing.TrueForAll(keyId => IsSignedByDevice(given, keyId)))
        {
            return KeyFailure.Unsigned;
        }

        accepted.AddRange(signing.Select(keyId => ToRow(given, keyId, signer, master.PublicKey)));
        return null;
    }

    private bool IsSignedByDevice(SignedJson given, string keyId) =>
        KeyIds.IsSigningKey(keyId, out var name)
        && DeviceKeys.FindSigningKey(devices[name]) is { } publicKey
        && given.IsSignedBy(signer, publicKey, keyId);

    private KeySignatureRow ToRow(SignedJson given, string keyId, UserId owner, string name) => new()
    {
        UserId = signer,
        KeyId = keyId,
        SignedUserId = owner,
        SignedKey = name,
        Signature = given.Signatures.Of(signer)[keyId],
    };
}
