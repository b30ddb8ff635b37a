using Matrix.Realtime.Accounts.InteractiveAuthentication;
using Matrix.Realtime.Http;
using Matrix.Realtime.Identifiers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Matrix.Realtime.Accounts.Devices;

/// <summary>The caller's devices (client-server API, "Device management").</summary>
internal static class DeviceEndpoints
{
    public static RouteGroupBuilder MapDevices(this RouteGroupBuilder group)
    {
        group.MapGet("/devices", GetAllAsync).WithName("getDevices");
        group.MapGet("/devices/{deviceId}", GetAsync).WithName("getDevice");
        group.MapPut("/devices/{deviceId}", UpdateAsync).WithName("updateDevice");
        group.MapDelete("/devices/{deviceId}", DeleteAsync).WithName("deleteDevice").WithInteractiveAuthentication();
        group.MapPost("/delete_devices", DeleteSeveralAsync).WithName("deleteDevices").WithInteractiveAuthentication();
        return group;
    }

    private static async Task<Ok<DevicesResponse>> GetAllAsync(
        Requester requester, DeviceService service, CancellationToken cancellationToken) =>
        TypedResults.Ok(await service.GetAllAsync(requester.UserId, cancellationToken));

    private static async Task<Ok<DeviceResponse>> GetAsync(
        DeviceId deviceId, Requester requester, DeviceService service, CancellationToken cancellationToken) =>
        TypedResults.Ok(await service.GetAsync(requester.UserId, deviceId, cancellationToken));

    private static async Task<Ok<EmptyResponse>> UpdateAsync(
        DeviceId deviceId, JsonBody<UpdateDeviceRequest> body,
        Requester requester, DeviceService service, CancellationToken cancellationToken)
    {
        await service.RenameAsync(requester.UserId, deviceId, body.Value.DisplayName, cancellationToken);
        return EmptyResponse.Ok;
    }

    private static async Task<Ok<EmptyResponse>> DeleteAsync(
        DeviceId deviceId, OptionalJsonBody<DeleteDevicesRequest> body,
        Requester requester, DeviceService service, CancellationToken cancellationToken)
    {
        var request = body.Value with { Devices = [deviceId] };
        await service.DeleteAsync(requester, $"delete device {deviceId}", request, cancellationToken);
        return EmptyResponse.Ok;
    }

    private static async Task<Ok<EmptyResponse>> DeleteSeveralAsync(
        JsonBody<DeleteDevicesRequest> body,
        Requester requester, DeviceService service, CancellationToken cancellationToken)
    {
        await service.DeleteAsync(requester, "delete devices", body.Value, cancellationToken);
        return EmptyResponse.Ok;
    }
}
