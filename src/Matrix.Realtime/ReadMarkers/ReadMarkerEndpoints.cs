using Matrix.Realtime.Http;
using Matrix.Realtime.Identifiers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Matrix.Realtime.ReadMarkers;

/// <summary>Fully read markers (client-server API, "Fully read markers").</summary>
internal static class ReadMarkerEndpoints
{
    public static RouteGroupBuilder MapReadMarkers(this RouteGroupBuilder group)
    {
        group.MapPost("/rooms/{roomId}/read_markers", PostAsync)
            .WithName("setReadMarker")
            .CountsAsActivity()
            .RequireRateLimiting(ReceiptRateLimitPolicy.Name);
        return group;
    }

    private static async Task<Ok<EmptyResponse>> PostAsync(
        RoomId roomId,
        OptionalJsonBody<ReadMarkersRequest> body,
        Requester requester,
        ReadMarkerService service,
        CancellationToken cancellationToken)
    {
        await service.SetAsync(requester, roomId, body.Value, cancellationToken);
        return EmptyResponse.Ok;
    }
}
