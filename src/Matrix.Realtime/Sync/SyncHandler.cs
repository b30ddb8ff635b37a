using Matrix.Realtime.ToDevice;
using Microsoft.AspNetCore.Http;

namespace Matrix.Realtime.Sync;

/// <summary>Answers one poll.</summary>
internal sealed class SyncHandler(
    SyncRequestReader requests, ToDeviceConfirmer toDevice, SyncService service, SyncAnswerWriter answers)
{
    public async Task HandleAsync(HttpContext context)
    {
        var request = await requests.ReadAsync(context);
        if (request.Since is { } since)
        {
            await toDevice.ConfirmAsync(request.Requester, since.ToDevice, context.RequestAborted);
        }

        var answer = await service.SyncAsync(request, context.RequestAborted);
        var response = context.Response;
        response.ContentType = "application/json";

        // From here on there is no other answer: if a room cannot be read, the connection is cut.
        await response.StartAsync(context.RequestAborted);
        await answers.WriteAsync(response.BodyWriter, request, answer, context.RequestAborted);
        await response.BodyWriter.FlushAsync(context.RequestAborted);
    }
}
