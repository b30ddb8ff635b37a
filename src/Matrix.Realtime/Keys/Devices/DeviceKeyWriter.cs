using Matrix.Realtime.Errors;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Keys.CrossSigning;
using Matrix.Realtime.Keys.DeviceLists;
using Matrix.Realtime.Streams;
using Microsoft.EntityFrameworkCore;

namespace Matrix.Realtime.Keys.Devices;

/// <summary>The one way in which the identity keys of a device change.</summary>
internal sealed class DeviceKeyWriter(DeviceListWriter deviceLists, KeySignatureWriter signatures)
{
    /// <summary>Publishes the keys, unless they are known.</summary>
    /// <exception cref="MatrixException">403: the device is named as a cross-signing key is.</exception>
    public async ValueTask SetAsync(ChangeBatch batch, DeviceKey owner, SignedJson keys)
    {
        var json = keys.ToStored(owner.UserId);
        var present = await FindAsync(batch, owner);
        if (present is not null && present.Json.AsSpan().SequenceEqual(json))
        {
            return;
        }

        await RequireOwnNameAsync(batch, owner);
        if (present is not null && !SignedJson.Read(present.Json).HasSameContent(keys))
        {
            await signatures.RemoveOfDeviceAsync(batch, owner);
        }

        batch.Upsert(new DeviceKeysRow { UserId = owner.UserId, DeviceId = owner.DeviceId, Json = json });
        await deviceLists.AnnounceAsync(batch, owner.UserId);
    }

    /// <summary>Forgets the keys of a device that is no more.</summary>
    public async ValueTask RemoveAsync(ChangeBatch batch, DeviceKey owner)
    {
        if (await FindAsync(batch, owner) is { } present)
        {
            batch.Delete(present);
            await signatures.RemoveOfDeviceAsync(batch, owner);
            await deviceLists.AnnounceAsync(batch, owner.UserId);
        }
    }

    /// <summary>Tells others when something that they are told with the keys has changed.</summary>
    public async ValueTask RefreshAsync(ChangeBatch batch, DeviceKey owner)
    {
        if (await FindAsync(batch, owner) is not null)
        {
            await deviceLists.AnnounceAsync(batch, owner.UserId);
        }
    }

    private static Task<DeviceKeysRow?> FindAsync(ChangeBatch batch, DeviceKey owner) =>
        batch.ReadAsync((database, cancellationToken) => database.Set<DeviceKeysRow>().AsNoTracking()
            .Where(row => row.UserId == owner.UserId && row.DeviceId == owner.DeviceId)
            .SingleOrDefaultAsync(cancellationToken));

    private static async ValueTask RequireOwnNameAsync(ChangeBatch batch, DeviceKey owner)
    {
        var name = owner.DeviceId.Value;
        if (await batch.ReadAsync((database, cancellationToken) => database.Set<CrossSigningKeyRow>()
                .AnyAsync(row => row.UserId == owner.UserId && row.PublicKey == name, cancellationToken)))
        {
            throw MatrixException.Forbidden("The device is named as a cross-signing key is.");
        }
    }
}
