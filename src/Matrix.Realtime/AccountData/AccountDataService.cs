using Matrix.Realtime.Errors;
using Matrix.Realtime.Http;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.PushRules;
using Matrix.Realtime.Rooms.Reading;
using Matrix.Realtime.Streams;
using Microsoft.AspNetCore.Http;

namespace Matrix.Realtime.AccountData;

/// <summary>What clients keep with the server for one user: read and written by that user's devices only.</summary>
internal sealed class AccountDataService(
    ChangeWriter writer, LiveState live, AccountDataTable accountData, DefaultPushRules pushRules) : IIgnoredUsers
{
    /// <summary>All account data of a user as of a view, or newer.</summary>
    public ValueTask<AccountDataState> GetAsync(LiveView view, UserId userId, CancellationToken cancellationToken) =>
        live.GetAsync(view, accountData, userId, cancellationToken);

    async ValueTask<IReadOnlySet<UserId>> IIgnoredUsers.GetAsync(
        LiveView view, UserId userId, CancellationToken cancellationToken) =>
        (await GetAsync(view, userId, cancellationToken)).Ignored.Now;

    /// <summary>The content of one type.</summary>
    /// <exception cref="MatrixException">403 for another user's, 404 when there is none.</exception>
    public async Task<ReadOnlyMemory<byte>> GetContentAsync(
        Requester requester, UserId userId, RoomId? roomId, string type, CancellationToken cancellationToken)
    {
        RequireOwn(requester, userId);
        if (roomId is null && type == AccountDataTypes.PushRules)
        {
            return PushRulesWriter.WriteAll(pushRules.Rules, userId);
        }

        var state = await GetAsync(live.Current, userId, cancellationToken);
        return state.Find(roomId, type)?.Content
            ?? throw MatrixException.NotFound("There is no account data of this type.");
    }

    /// <summary>Writes one type; the last write wins, and every write is delivered.</summary>
    /// <exception cref="MatrixException">403 for another user's, 405 for types that the server manages.</exception>
    public async Task SetContentAsync(
        Requester requester,
        UserId userId,
        RoomId? roomId,
        string type,
        JsonObjectBody content,
        CancellationToken cancellationToken)
    {
        RequireOwn(requester, userId);
        if (AccountDataTypes.IsServerManaged(type))
        {
            throw new MatrixException(
                StatusCodes.Status405MethodNotAllowed, MatrixErrorCodes.BadJson, $"'{type}' cannot be set through account data.");
        }

        // Loads what is not live before the writer's loop would have to wait for it.
        await GetAsync(live.Current, userId, cancellationToken);
        await writer.SubmitAsync(
            batch => WriteAsync(batch, new AccountDataChange(userId, roomId, type, content.Utf8)), cancellationToken);
    }

    private async ValueTask WriteAsync(ChangeBatch batch, AccountDataChange change)
    {
        var before = await batch.GetAsync(accountData, change.Owner);
        var position = batch.Append(change);
        batch.Upsert(new AccountDataRow
        {
            UserId = change.Owner,
            Scope = change.RoomId?.Value ?? string.Empty,
            Type = change.Type,
            Content = change.Content,
            Position = position,
        });
        var after = await batch.GetAsync(accountData, change.Owner);
        foreach (var userId in before.Ignored.Now.SymmetricExcept(after.Ignored.Now))
        {
            var period = after.Ignored.Periods[userId][^1];
            batch.Upsert(new IgnoredUserRow
            {
                UserId = change.Owner,
                IgnoredUserId = userId,
                From = period.From,
                Until = period.Until,
            });
        }
    }

    private static void RequireOwn(Requester requester, UserId userId)
    {
        if (requester.UserId != userId)
        {
            throw MatrixException.Forbidden("You cannot access the account data of another user.");
        }
    }
}
