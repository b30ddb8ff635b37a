using Matrix.Realtime.Http;
using Matrix.Realtime.Identifiers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Matrix.Realtime.Receipts;

/// <summary>Receipts (client-server API, "Receipts").</summary>
internal static class ReceiptEndpoints
{
    public static RouteGroupBuilder MapReceipts(this RouteGroupBuilder group)
    {
        group.MapPost("/rooms/{roomId}/receipt/{receiptType}/{eventId}", PostAsync)
            .WithName("postReceipt")
            .CountsAsActivity()
            .RequireRateLimiting(ReceiptRateLimitPolicy.Name);
        return group;
    }

    private static async Task<Ok<EmptyResponse>> PostAsync(
        RoomId roomId,
        string receiptType,
        EventId eventId,
        OptionalJsonBody<ReceiptRequest> body,
        Requester requester,
        ReceiptService service,
        CancellationToken cancellationToken)
    {
        await service.SetAsync(requester, roomId, receiptType, eventId, body.Value, cancellationToken);
        return EmptyResponse.Ok;
    }
}
