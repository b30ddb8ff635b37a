using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Matrix.Realtime.Errors;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Storage;
using Matrix.Realtime.Streams;
using Microsoft.EntityFrameworkCore;

namespace Matrix.Realtime.KeyBackup;

/// <summary>The keys in a user's backup, which the server cannot read.</summary>
internal sealed class RoomKeyService(IDbContextFactory<MatrixDbContext> databases, KeyBackupWriter writer)
{
    /// <summary>Adds keys to the current backup. Of two keys of a session the better one is kept.</summary>
    /// <exception cref="MatrixException">
    /// 403: the current backup is another one. 404: there is no such backup.
    /// </exception>
    public Task<RoomKeysUpdateResponse> StoreAsync(
        UserId userId,
        string version,
        IReadOnlyDictionary<RoomId, RoomKeyBackup> rooms,
        CancellationToken cancellationToken)
    {
        var number = KeyBackupVersion.Parse(version);
        var keys = rooms.SelectMany(room => room.Value.Sessions.Select(session =>
            ToRow(userId, number, room.Key, session.Key, session.Value))).ToList();
        string[] sessionIds = [.. keys.Select(key => key.SessionId).Distinct()];
        return writer.ChangeAsync(
            userId,
            async batch =>
            {
                var backup = await RequireCurrentAsync(batch, userId, number);
                var present = await batch.ReadAsync((database, token) =>
                    database.ReadQualitiesAsync(userId, number, sessionIds, token));
                var better = keys.Where(key =>
                    !present.TryGetValue((key.RoomId, key.SessionId), out var quality)
                    || key.Quality.IsBetterThan(quality)).ToList();
                better.ForEach(batch.Upsert);
                var added = better.Count(key => !present.ContainsKey((key.RoomId, key.SessionId)));
                return Update(batch, backup, better.Count > 0, added);
            },
            cancellationToken);
    }

    /// <exception cref="MatrixException">404: there is no such backup, or no key of the session in it.</exception>
    public async Task<ReadOnlyMemory<byte>> GetSessionAsync(
        UserId userId, string version, RoomId roomId, string sessionId, CancellationToken cancellationToken)
    {
        RequireSessionId(sessionId);
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var backup = await database.RequireBackupAsync(userId, KeyBackupVersion.Parse(version), cancellationToken);
        var key = await database.RoomKeys(userId, backup.Version)
            .FirstOrDefaultAsync(row => row.RoomId == roomId && row.SessionId == sessionId, cancellationToken);
        var output = new ArrayBufferWriter<byte>();
        RoomKeyJson.WriteKey(output, key ?? throw KeyBackupRefusals.NoKey());
        return output.WrittenMemory;
    }

    /// <exception cref="MatrixException">404: there is no such backup.</exception>
    public async Task<ReadOnlyMemory<byte>> GetRoomAsync(
        UserId userId, string version, RoomId roomId, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var backup = await database.RequireBackupAsync(userId, KeyBackupVersion.Parse(version), cancellationToken);
        var output = new ArrayBufferWriter<byte>();
        RoomKeyJson.WriteRoom(output, await ReadRoomAsync(database, backup, roomId, cancellationToken));
        return output.WrittenMemory;
    }

    /// <summary>All keys of a backup, one room after the other, since they may be many.</summary>
    /// <exception cref="MatrixException">404: there is no such backup.</exception>
    public async Task<RoomKeysResult> GetAllAsync(UserId userId, string version, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var backup = await database.RequireBackupAsync(userId, KeyBackupVersion.Parse(version), cancellationToken);
        var rooms = await database.RoomKeys(userId, backup.Version)
            .Select(row => row.RoomId).Distinct().ToListAsync(cancellationToken);
        return new RoomKeysResult(ReadRoomsAsync(backup, rooms, cancellationToken));
    }

    /// <summary>Deletes keys of a backup: all, those of a room, or that of a session.</summary>
    /// <exception cref="MatrixException">404: there is no such backup.</exception>
    public async Task<RoomKeysUpdateResponse> DeleteAsync(
        UserId userId, string version, RoomId? roomId, string? sessionId, CancellationToken cancellationToken)
    {
        RequireSessionId(sessionId ?? string.Empty);
        var number = KeyBackupVersion.Parse(version);
        while (true)
        {
            var (deleted, response) = await writer.ChangeAsync(userId, DeleteSomeAsync, cancellationToken);
            if (deleted < RoomKeyDeletion.BatchKeys)
            {
                return response;
            }
        }

        async ValueTask<(int Deleted, RoomKeysUpdateResponse Response)> DeleteSomeAsync(ChangeBatch batch)
        {
            var backup = await batch.ReadAsync((database, token) => database.RequireBackupAsync(userId, number, token));
            var deleted = await RoomKeyDeletion.DeleteSomeAsync(batch, backup, keys => keys.Where(key =>
                (roomId == null || key.RoomId == roomId) && (sessionId == null || key.SessionId == sessionId)));
            return (deleted, Update(batch, backup, deleted > 0, -deleted));
        }
    }

    private static async ValueTask<KeyBackupRow> RequireCurrentAsync(ChangeBatch batch, UserId userId, long version)
    {
        var current = await batch.ReadAsync((database, token) => database.FindCurrentBackupAsync(userId, token));
        if (current?.Version == version)
        {
            return current;
        }

        await batch.ReadAsync((database, token) => database.RequireBackupAsync(userId, version, token));
        throw KeyBackupRefusals.WrongVersion(current!.Version);
    }

    private static RoomKeysUpdateResponse Update(ChangeBatch batch, KeyBackupRow backup, bool isChanged, int added)
    {
        if (isChanged)
        {
            backup.Etag++;
            backup.Count += added;
            batch.Upsert(backup);
        }

        return RoomKeysUpdateResponse.Of(backup);
    }

    private static RoomKeyRow ToRow(UserId userId, long version, RoomId roomId, string sessionId, KeyBackupData key)
    {
        RequireSessionId(sessionId);
        return new RoomKeyRow
        {
            UserId = userId,
            Version = version,
            RoomId = roomId,
            SessionId = sessionId,
            IsVerified = key.IsVerified,
            FirstMessageIndex = key.FirstMessageIndex,
            ForwardedCount = key.ForwardedCount,
            SessionData = JsonMarshal.GetRawUtf8Value(key.SessionData).ToArray(),
        };
    }

    // It is a part of keys and indexes, which hold neither every text nor texts of every length.
    private static void RequireSessionId(string sessionId)
    {
        if (!IdentifierGrammar.IsBounded(sessionId))
        {
            throw MatrixException.InvalidParam(
                $"A session id has at most {IdentifierGrammar.MaxBytes} bytes, none of them zero.");
        }
    }

    private static Task<List<RoomKeyRow>> ReadRoomAsync(
        MatrixDbContext database, KeyBackupRow backup, RoomId roomId, CancellationToken cancellationToken) =>
        database.RoomKeys(backup.UserId, backup.Version).Where(row => row.RoomId == roomId)
            .OrderBy(row => row.SessionId).ToListAsync(cancellationToken);

    // A context per room: nothing is held while the client takes its time to read.
    private async IAsyncEnumerable<IReadOnlyList<RoomKeyRow>> ReadRoomsAsync(
        KeyBackupRow backup, List<RoomId> rooms, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var roomId in rooms)
        {
            await using var database = await databases.CreateDbContextAsync(cancellationToken);
            if (await ReadRoomAsync(database, backup, roomId, cancellationToken) is { Count: > 0 } keys)
            {
                yield return keys;
            }
        }
    }
}
