using Matrix.Realtime.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Matrix.Realtime.ToDevice;

/// <summary>Messages from device to device (client-server API, "Send-to-device messaging").</summary>
internal static class ToDeviceEndpoints
{
    public static RouteGroupBuilder MapToDevice(this RouteGroupBuilder group)
    {
        group.MapPut("/sendToDevice/{eventType}/{txnId}", SendAsync).WithName("sendToDevice");
        return group;
    }

    private static async Task<Ok<EmptyResponse>> SendAsync(
        string eventType, string txnId, JsonBody<SendToDeviceRequest> body,
        Requester requester, ToDeviceService service, CancellationToken cancellationToken)
    {
        await service.SendAsync(requester, new ToDeviceTransaction(eventType, txnId), body.Value, cancellationToken);
        return EmptyResponse.Ok;
    }
}
