using System.Text;
using System.Text.Json.Nodes;
using Matrix.Realtime.Accounts;
using Matrix.Realtime.Accounts.Registration;
using Matrix.Realtime.Errors;
using Matrix.Realtime.Http;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Receipts;
using Matrix.Realtime.Rooms.Membership;
using Matrix.Realtime.Rooms.Messages;
using Matrix.Realtime.Typing;

namespace Matrix.Realtime.Hosting;

/// <summary>Does for users in the process what endpoints do for clients, by the same services.</summary>
internal sealed class UserActions(
    AccountDirectory accounts,
    RegistrationService registration,
    MembershipService memberships,
    RoomEventService events,
    TypingService typing,
    ReceiptService receipts,
    MatrixJson json) : IUserActions
{
    public Task<UserId> GetOrCreateAsync(string username, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(username);
        return registration.GetOrCreateAsync(username, cancellationToken);
    }

    public async Task JoinAsync(UserId userId, RoomId roomId, CancellationToken cancellationToken)
    {
        var requester = await RequireAsync(userId, cancellationToken);
        requester.RequireSpeech();
        await memberships.JoinAsync(userId, roomId, reason: null, cancellationToken);
    }

    public async Task LeaveAsync(UserId userId, RoomId roomId, CancellationToken cancellationToken)
    {
        await RequireAsync(userId, cancellationToken);
        await memberships.LeaveAsync(userId, roomId, reason: null, cancellationToken);
    }

    public async Task<EventId> SendAsync(
        UserId userId,
        RoomId roomId,
        string type,
        JsonObject content,
        string? transactionId,
        CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(type);
        ArgumentNullException.ThrowIfNull(content);
        var body = JsonObjectBody.Parse(Encoding.UTF8.GetBytes(content.ToJsonString()), json);
        return await events.SendAsync(
            await RequireAsync(userId, cancellationToken),
            roomId,
            type,
            transactionId,
            body,
            cancellationToken);
    }

    public async Task SetTypingAsync(
        UserId userId, RoomId roomId, bool isTyping, CancellationToken cancellationToken) =>
        await typing.SetAsync(
            await RequireAsync(userId, cancellationToken),
            roomId,
            userId,
            new SetTypingRequest { Typing = isTyping },
            cancellationToken);

    public async Task SendReceiptAsync(
        UserId userId, RoomId roomId, EventId eventId, CancellationToken cancellationToken) =>
        await receipts.SetAsync(
            await RequireAsync(userId, cancellationToken),
            roomId,
            ReceiptTypes.Read,
            eventId,
            new ReceiptRequest(),
            cancellationToken);

    private async Task<Requester> RequireAsync(UserId userId, CancellationToken cancellationToken) =>
        await accounts.FindRestrictionAsync(userId, cancellationToken) is not { } restriction
            ? throw MatrixException.NotFound("There is no such user on this server.")
            : restriction.HasFlag(AccountRestriction.Locked)
                ? throw MatrixException.Locked()
                : new Requester(userId, DeviceSessions.Host) { Restriction = restriction };
}
