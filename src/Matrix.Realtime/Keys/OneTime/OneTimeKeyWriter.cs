using System.Collections.Immutable;
using Matrix.Realtime.Errors;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Streams;
using Microsoft.EntityFrameworkCore;

namespace Matrix.Realtime.Keys.OneTime;

/// <summary>
/// The one way in which the keys change that a device has left to be claimed. On the writer's loop, so that no key is
/// handed out twice, whoever asks at the same time and in whichever process.
/// </summary>
internal sealed class OneTimeKeyWriter(OneTimeKeysTable table)
{
    /// <summary>How many keys a device has at most that are there to be claimed.</summary>
    private const int MaxKeys = 1000;

    /// <summary>Adds what is new of the keys.</summary>
    /// <exception cref="MatrixException">400: there is another one-time key of that name. 413: that would be too
    /// many.</exception>
    public async ValueTask AddAsync(
        ChangeBatch batch,
        DeviceKey owner,
        IReadOnlyCollection<UploadedKey> oneTimeKeys,
        IReadOnlyCollection<UploadedKey> fallbackKeys)
    {
        var before = await batch.GetAsync(table, owner);
        var added = await AddOneTimeKeysAsync(batch, owner, before, oneTimeKeys);
        var fallbacks = AddFallbackKeys(batch, owner, before, fallbackKeys);
        if (added.Count == 0 && fallbacks == before.Fallbacks)
        {
            return;
        }

        var after = before with { Unclaimed = before.Unclaimed.AddRange(added), Fallbacks = fallbacks };
        if (after.Count > MaxKeys && after.Count > before.Count)
        {
            throw MatrixException.TooLarge($"A device has at most {MaxKeys} one-time and fallback keys.");
        }

        Append(batch, owner, after);
    }

    /// <summary>
    /// Hands out the next one-time key of the algorithm, else the fallback key; null when there is none.
    /// </summary>
    public async ValueTask<ClaimedKey?> ClaimAsync(ChangeBatch batch, DeviceKey owner, string algorithm)
    {
        var before = await batch.GetAsync(table, owner);
        var index = before.Unclaimed.FindIndex(key => key.Algorithm == algorithm);
        if (index >= 0)
        {
            var key = before.Unclaimed[index];
            batch.Upsert(ToRow(owner, key, isClaimed: true));
            Append(batch, owner, before with { Unclaimed = before.Unclaimed.RemoveAt(index) });
            return new ClaimedKey($"{key.Algorithm}:{key.KeyId}", key.Json);
        }

        if (!before.Fallbacks.TryGetValue(algorithm, out var fallback))
        {
            return null;
        }

        if (!fallback.IsUsed)
        {
            var used = fallback with { IsUsed = true };
            batch.Upsert(ToRow(owner, algorithm, used));
            Append(batch, owner, before with { Fallbacks = before.Fallbacks.SetItem(algorithm, used) });
        }

        return new ClaimedKey($"{algorithm}:{fallback.KeyId}", fallback.Json);
    }

    /// <summary>Forgets all keys of a device that is no more.</summary>
    public async ValueTask RemoveAsync(ChangeBatch batch, DeviceKey owner)
    {
        var rows = await ReadAsync(batch, owner);
        rows.ForEach(batch.Delete);
        var before = await batch.GetAsync(table, owner);
        foreach (var (algorithm, fallback) in before.Fallbacks)
        {
            batch.Delete(ToRow(owner, algorithm, fallback));
        }

        if (!before.IsEmpty)
        {
            Append(batch, owner, OneTimeKeys.None);
        }
    }

    /// <summary>
    /// The one-time keys that are new. What has been handed out already is not: a device that uploads it again has lost
    /// the answer. All else that has been handed out it must have had an answer for, so that can be forgotten.
    /// </summary>
    private static async ValueTask<IReadOnlyList<OneTimeKey>> AddOneTimeKeysAsync(
        ChangeBatch batch, DeviceKey owner, OneTimeKeys before, IReadOnlyCollection<UploadedKey> uploaded)
    {
        if (uploaded.Count == 0)
        {
            return [];
        }

        var unclaimed = before.Unclaimed.ToDictionary(key => (key.Algorithm, key.KeyId), key => key.Json);
        var handedOut = (await ReadAsync(batch, owner)).ToDictionary(row => (row.Algorithm, row.KeyId));
        foreach (var name in unclaimed.Keys)
        {
            handedOut.Remove(name);
        }

        List<OneTimeKey> added = [];
        foreach (var key in uploaded)
        {
            var name = (key.Algorithm, key.KeyId);
            if (handedOut.Remove(name, out var row) && row.Json.AsSpan().SequenceEqual(key.Json))
            {
                continue;
            }

            if (!unclaimed.TryGetValue(name, out var present))
            {
                added.Add(new(key.Algorithm, key.KeyId, key.Json, batch.Position.Next));
            }
            else if (!present.AsSpan().SequenceEqual(key.Json))
            {
                throw MatrixException.InvalidParam($"There is another one-time key '{key.Algorithm}:{key.KeyId}'.");
            }
        }

        foreach (var row in handedOut.Values)
        {
            batch.Delete(row);
        }

        added.ForEach(key => batch.Upsert(ToRow(owner, key, isClaimed: false)));
        return added;
    }

    private static ImmutableSortedDictionary<string, FallbackKey> AddFallbackKeys(
        ChangeBatch batch, DeviceKey owner, OneTimeKeys before, IReadOnlyCollection<UploadedKey> uploaded)
    {
        var fallbacks = before.Fallbacks;
        foreach (var key in uploaded)
        {
            if (fallbacks.TryGetValue(key.Algorithm, out var present)
                && present.KeyId == key.KeyId
                && present.Json.AsSpan().SequenceEqual(key.Json))
            {
                continue;
            }

            var added = new FallbackKey(key.KeyId, key.Json, IsUsed: false);
            fallbacks = fallbacks.SetItem(key.Algorithm, added);
            batch.Upsert(ToRow(owner, key.Algorithm, added));
        }

        return fallbacks;
    }

    private static Task<List<OneTimeKeyRow>> ReadAsync(ChangeBatch batch, DeviceKey owner) =>
        batch.ReadAsync((database, cancellationToken) => database.Set<OneTimeKeyRow>().AsNoTracking()
            .Where(row => row.UserId == owner.UserId && row.DeviceId == owner.DeviceId).ToListAsync(cancellationToken));

    private static void Append(ChangeBatch batch, DeviceKey owner, OneTimeKeys keys)
    {
        var change = new OneTimeKeysChange(owner, keys);
        batch.Append(change);
        batch.Upsert(new KeyCountsRow
        {
            UserId = owner.UserId,
            DeviceId = owner.DeviceId,
            OneTimeKeyCounts = change.Counts.OneTimeKeyCounts,
            UnusedFallbackKeyTypes = change.Counts.UnusedFallbackKeyTypes,
            Position = change.Position,
        });
    }

    private static OneTimeKeyRow ToRow(DeviceKey owner, OneTimeKey key, bool isClaimed) => new()
    {
        UserId = owner.UserId,
        DeviceId = owner.DeviceId,
        Algorithm = key.Algorithm,
        KeyId = key.KeyId,
        Json = key.Json,
        UploadedAt = key.UploadedAt,
        IsClaimed = isClaimed,
    };

    private static FallbackKeyRow ToRow(DeviceKey owner, string algorithm, FallbackKey key) => new()
    {
        UserId = owner.UserId,
        DeviceId = owner.DeviceId,
        Algorithm = algorithm,
        KeyId = key.KeyId,
        Json = key.Json,
        IsUsed = key.IsUsed,
    };
}
