using Matrix.Realtime.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Matrix.Realtime.UnreadCounts;

/// <summary>What the user was, or would have been, notified of (client-server API, "Listing Notifications").</summary>
internal static class NotificationEndpoints
{
    public static RouteGroupBuilder MapNotifications(this RouteGroupBuilder group)
    {
        group.MapGet("/notifications", GetNotificationsAsync).WithName("getNotifications");
        return group;
    }

    private static async Task<IResult> GetNotificationsAsync(
        QueryReader query, Requester requester, NotificationReader reader, CancellationToken cancellationToken) =>
        await reader.GetAsync(requester, NotificationsQuery.Read(query), cancellationToken);
}
