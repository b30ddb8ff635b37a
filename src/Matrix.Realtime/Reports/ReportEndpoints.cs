using Matrix.Realtime.Http;
using Matrix.Realtime.Identifiers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Matrix.Realtime.Reports;

/// <summary>Complaints (client-server API, "Reporting content").</summary>
internal static class ReportEndpoints
{
    public static RouteGroupBuilder MapReports(this RouteGroupBuilder group)
    {
        Limit(group.MapPost("/rooms/{roomId}/report", ReportRoomAsync).WithName("reportRoom"));
        Limit(group.MapPost("/rooms/{roomId}/report/{eventId}", ReportEventAsync).WithName("reportEvent"));
        Limit(group.MapPost("/users/{userId}/report", ReportUserAsync).WithName("reportUser"));
        return group;
    }

    private static void Limit(RouteHandlerBuilder endpoint) => endpoint.RequireRateLimiting(ReportRateLimitPolicy.Name);

    private static async Task<Ok<EmptyResponse>> ReportRoomAsync(
        RoomId roomId, JsonBody<ReportRequest> body,
        Requester requester, ReportService service, CancellationToken cancellationToken)
    {
        await service.ReportRoomAsync(requester.UserId, roomId, body.Value.Reason, cancellationToken);
        return EmptyResponse.Ok;
    }

    private static async Task<Ok<EmptyResponse>> ReportEventAsync(
        RoomId roomId, EventId eventId, OptionalJsonBody<EventReportRequest> body,
        Requester requester, ReportService service, CancellationToken cancellationToken)
    {
        await service.ReportEventAsync(requester.UserId, roomId, eventId, body.Value, cancellationToken);
        return EmptyResponse.Ok;
    }

    private static async Task<Ok<EmptyResponse>> ReportUserAsync(
        UserId userId, JsonBody<ReportRequest> body,
        Requester requester, ReportService service, CancellationToken cancellationToken)
    {
        await service.ReportUserAsync(requester.UserId, userId, body.Value.Reason, cancellationToken);
        return EmptyResponse.Ok;
    }
}
