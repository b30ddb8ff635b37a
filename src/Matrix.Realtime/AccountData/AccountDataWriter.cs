using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.AccountData;

/// <summary>
/// The one way in which account data changes. What is so already takes no position, and so wakes nobody.
/// </summary>
internal sealed class AccountDataWriter(ChangeWriter writer, LiveState live, AccountDataTable accountData)
{
    /// <summary>
    /// Replaces the content of a type by what the function makes of the present one, on the writer's loop, so that no
    /// write in between is lost. Null is what is not there: before the first write, and after a deletion.
    /// </summary>
    public async Task UpdateAsync(
        UserId owner,
        RoomId? roomId,
        string type,
        Func<byte[]?, byte[]?> update,
        CancellationToken cancellationToken)
    {
        // Loads what is not live before the writer's loop would have to wait for it.
        await live.GetAsync(live.Current, accountData, owner, cancellationToken);
        await writer.SubmitAsync(
            async batch =>
            {
                var present = await FindAsync(batch, owner, roomId, type);
                var content = update(present);
                if (!AreSame(present, content))
                {
                    await SetAsync(batch, owner, roomId, type, content ?? []);
                }
            },
            cancellationToken);
    }

    /// <summary>The content of a type with what a batch has done so far; null when there is none.</summary>
    public async ValueTask<byte[]?> FindAsync(ChangeBatch batch, UserId owner, RoomId? roomId, string type) =>
        (await batch.GetAsync(accountData, owner)).Find(roomId, type)?.Content;

    /// <summary>Writes a type as a part of a batch, for what becomes visible together with other changes.</summary>
    public ValueTask SetAsync(ChangeBatch batch, UserId owner, RoomId? roomId, string type, byte[] content) =>
        WriteAsync(batch, new AccountDataChange(owner, roomId, type, content));

    private static bool AreSame(byte[]? present, byte[]? content) =>
        present is null ? content is null : content is not null && present.AsSpan().SequenceEqual(content);

    private async ValueTask WriteAsync(ChangeBatch batch, AccountDataChange change)
    {
        var before = (await batch.GetAsync(accountData, change.Owner)).Ignored;
        var position = batch.Append(change);
        batch.Upsert(new AccountDataRow
        {
            UserId = change.Owner,
            Scope = change.RoomId?.Value ?? string.Empty,
            Type = change.Type,
            Content = change.Content,
            Position = position,
        });
        var after = (await batch.GetAsync(accountData, change.Owner)).Ignored;
        foreach (var userId in before == after ? [] : before.Now.SymmetricExcept(after.Now))
        {
            var period = after.Periods[userId][^1];
            batch.Upsert(new IgnoredUserRow
            {
                UserId = change.Owner,
                IgnoredUserId = userId,
                From = period.From,
                Until = period.Until,
            });
        }
    }
}
