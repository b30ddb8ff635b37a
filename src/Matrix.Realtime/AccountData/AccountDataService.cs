using System.Text;
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
    AccountDataWriter writer,
    AccountDataSize size,
    LiveState live,
    AccountDataTable accountData,
    PushRuleService pushRules) : IIgnoredUsers
{
    private const int MaxTypeBytes = 255;

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
            return (await pushRules.GetAsync(userId, cancellationToken)).Content;
        }

        var state = await GetAsync(live.Current, userId, cancellationToken);
        return state.Find(roomId, type)?.Content
            ?? throw MatrixException.NotFound("There is no account data of this type.");
    }

    /// <summary>Writes one type; the last write wins.</summary>
    /// <exception cref="MatrixException">403 for another user's, 405 for types that the server manages, 400 when the type
    /// is too long, 413 when the content is too large.</exception>
    public async Task SetContentAsync(
        Requester requester,
        UserId userId,
        RoomId? roomId,
        string type,
        JsonObjectBody content,
        CancellationToken cancellationToken)
    {
        RequireOwn(requester, userId);
        RequireClientManaged(type);
        RequireShort(type);
        size.Require(type, content.Utf8);
        await writer.UpdateAsync(userId, roomId, type, _ => content.Utf8, cancellationToken);
    }

    /// <summary>Deletes one type, if it is there.</summary>
    /// <exception cref="MatrixException">403 for another user's, 405 for types that the server manages.</exception>
    public async Task DeleteContentAsync(
        Requester requester, UserId userId, RoomId? roomId, string type, CancellationToken cancellationToken)
    {
        RequireOwn(requester, userId);
        RequireClientManaged(type);
        await writer.UpdateAsync(userId, roomId, type, _ => null, cancellationToken);
    }

    /// <summary>Whom a user ignores right now, as far as that is loaded.</summary>
    public IReadOnlySet<UserId> FindIgnored(UserId userId) =>
        live.Current.TryFind(accountData, userId, out var state) ? state.Ignored.Now : IgnoredUsers.None.Now;

    /// <exception cref="MatrixException">403: the account data is another user's.</exception>
    public static void RequireOwn(Requester requester, UserId userId)
    {
        if (requester.UserId != userId)
        {
            throw MatrixException.Forbidden("You cannot access the account data of another user.");
        }
    }

    private static void RequireClientManaged(string type)
    {
        if (AccountDataTypes.IsServerManaged(type))
        {
            throw new MatrixException(
                StatusCodes.Status405MethodNotAllowed,
                MatrixErrorCodes.BadJson,
                $"'{type}' cannot be changed through account data.");
        }
    }

    private static void RequireShort(string type)
    {
        if (Encoding.UTF8.GetByteCount(type) > MaxTypeBytes)
        {
            throw MatrixException.InvalidParam($"A type of account data must not be longer than {MaxTypeBytes} bytes.");
        }
    }
}
