using Matrix.Realtime.Http;
using Matrix.Realtime.Identifiers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Matrix.Realtime.Typing;

/// <summary>Typing notifications (client-server API, "Typing notifications").</summary>
internal static class TypingEndpoints
{
    public static RouteGroupBuilder MapTyping(this RouteGroupBuilder group)
    {
        group.MapPut("/rooms/{roomId}/typing/{userId}", SetAsync)
            .WithName("setTyping")
            .CountsAsActivity()
            .RequireRateLimiting(TypingRateLimitPolicy.Name);
        return group;
    }

    private static async Task<Ok<EmptyResponse>> SetAsync(
        RoomId roomId,
        UserId userId,
        JsonBody<SetTypingRequest> body,
        Requester requester,
        TypingService service,
        CancellationToken cancellationToken)
    {
        await service.SetAsync(requester, roomId, userId, body.Value, cancellationToken);
        return EmptyResponse.Ok;
    }
}
