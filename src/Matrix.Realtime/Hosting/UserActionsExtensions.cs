using System.Text.Json.Nodes;
using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.Hosting;

/// <summary>What users do most.</summary>
public static class UserActionsExtensions
{
    /// <summary>Sends a text message to a room and returns the id of the event.</summary>
    /// <param name="actions">The actions.</param>
    /// <param name="userId">Who acts.</param>
    /// <param name="roomId">A room that they are in.</param>
    /// <param name="body">The text.</param>
    /// <param name="cancellationToken">Gives up waiting; the message may be sent nonetheless.</param>
    public static Task<EventId> SendTextAsync(
        this IUserActions actions,
        UserId userId,
        RoomId roomId,
        string body,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(actions);
        return actions.SendAsync(
            userId,
            roomId,
            "m.room.message",
            new JsonObject { ["msgtype"] = "m.text", ["body"] = body },
            cancellationToken: cancellationToken);
    }
}
