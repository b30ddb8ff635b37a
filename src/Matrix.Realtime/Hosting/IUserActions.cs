using System.Text.Json.Nodes;
using Matrix.Realtime.Errors;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.LiveQueries;

namespace Matrix.Realtime.Hosting;

/// <summary>
/// Lets code in the host's process act as users of the server: what a bot needs to answer to what it learns from
/// <see cref="ILiveQueries"/>. Needs no access token and no connection; whatever a room's own rules forbid to the user
/// is refused as it is to clients. All members can be called from any thread.
/// </summary>
/// <remarks>
/// What a call changed is stored, and visible to everybody, when its task completes. A <see cref="MatrixException"/>
/// tells of a refusal, and then nothing has changed.
/// </remarks>
public interface IUserActions
{
    /// <summary>
    /// The user of that name, who is created if there is none yet, also where registration is closed. Nobody can log in
    /// to an account that was created here.
    /// </summary>
    /// <param name="username">What stands between <c>@</c> and the colon: a-z, 0-9 and <c>._=-/+</c>.</param>
    /// <param name="cancellationToken">Gives up waiting; the account may be created nonetheless.</param>
    /// <exception cref="MatrixException">M_INVALID_USERNAME: there can be no such user.</exception>
    Task<UserId> GetOrCreateAsync(string username, CancellationToken cancellationToken = default);

    /// <summary>Joins a room that the user may join or is invited to; nothing changes if they are in it.</summary>
    /// <param name="userId">Who acts.</param>
    /// <param name="roomId">The room.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="MatrixException">M_NOT_FOUND: there is no such user or room. M_FORBIDDEN: they may
    /// not.</exception>
    Task JoinAsync(UserId userId, RoomId roomId, CancellationToken cancellationToken = default);

    /// <summary>Leaves a room or turns its invite down.</summary>
    /// <param name="userId">Who acts.</param>
    /// <param name="roomId">The room.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="MatrixException">M_NOT_FOUND: there is no such user. M_FORBIDDEN: they are not
    /// there.</exception>
    Task LeaveAsync(UserId userId, RoomId roomId, CancellationToken cancellationToken = default);

    /// <summary>Sends an event to a room and returns its id.</summary>
    /// <param name="userId">Who acts.</param>
    /// <param name="roomId">A room that they are in.</param>
    /// <param name="type">The type, such as <c>m.room.message</c>.</param>
    /// <param name="content">The content.</param>
    /// <param name="transactionId">
    /// Tells events apart: sending again with the same id, up to a day later, sends nothing and returns the id of the
    /// event that was sent first. Null for an event that is different from all others.
    /// </param>
    /// <param name="cancellationToken">Gives up waiting; the event may be sent nonetheless.</param>
    /// <exception cref="MatrixException">M_NOT_FOUND: there is no such user. M_FORBIDDEN: they may not.</exception>
    Task<EventId> SendAsync(
        UserId userId,
        RoomId roomId,
        string type,
        JsonObject content,
        string? transactionId = null,
        CancellationToken cancellationToken = default);

    /// <summary>Says that the user types, for as long as the server's default is, or no longer does.</summary>
    /// <param name="userId">Who acts.</param>
    /// <param name="roomId">A room that they are in.</param>
    /// <param name="isTyping">Whether they type.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="MatrixException">M_NOT_FOUND: there is no such user. M_FORBIDDEN: not in the room.</exception>
    Task SetTypingAsync(UserId userId, RoomId roomId, bool isTyping, CancellationToken cancellationToken = default);

    /// <summary>Says that the user has read up to an event, which everybody in the room is told.</summary>
    /// <param name="userId">Who acts.</param>
    /// <param name="roomId">A room that they are in.</param>
    /// <param name="eventId">The event.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="MatrixException">M_NOT_FOUND: there is no such user or event. M_FORBIDDEN: not in the
    /// room.</exception>
    Task SendReceiptAsync(
        UserId userId, RoomId roomId, EventId eventId, CancellationToken cancellationToken = default);
}
