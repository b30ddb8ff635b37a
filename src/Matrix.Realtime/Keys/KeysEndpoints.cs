using System.Text.Json;
using Matrix.Realtime.Accounts.InteractiveAuthentication;
using Matrix.Realtime.Http;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Keys.CrossSigning;
using Matrix.Realtime.Keys.DeviceLists;
using Matrix.Realtime.Keys.Devices;
using Matrix.Realtime.Keys.OneTime;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Matrix.Realtime.Keys;

/// <summary>Keys for end-to-end encryption (client-server API, "Key management API" and "Cross-signing").</summary>
internal static class KeysEndpoints
{
    /// <summary>Where older clients look for cross-signing.</summary>
    public const string UnstablePrefix = "/_matrix/client/unstable";

    public static RouteGroupBuilder MapKeys(this RouteGroupBuilder group)
    {
        group.MapPost("/keys/upload", UploadAsync).WithName("uploadKeys");
        group.MapPost("/keys/query", QueryAsync).WithName("queryKeys");
        group.MapPost("/keys/claim", ClaimAsync).WithName("claimKeys");
        group.MapGet("/keys/changes", GetChangesAsync).WithName("getKeysChanges");
        group.MapPost("/keys/device_signing/upload", UploadCrossSigningAsync)
            .WithName("uploadCrossSigningKeys").WithInteractiveAuthentication();
        group.MapPost("/keys/signatures/upload", UploadSignaturesAsync).WithName("uploadCrossSigningSignatures");
        return group;
    }

    /// <summary>Maps what clients look for where it stood before it became part of the specification.</summary>
    public static RouteGroupBuilder MapUnstableKeys(this RouteGroupBuilder group)
    {
        group.MapPost("/keys/device_signing/upload", UploadCrossSigningAsync).WithInteractiveAuthentication();
        return group;
    }

    private static async Task<IResult> UploadAsync(
        JsonBody<KeyUploadRequest> body,
        Requester requester, KeyUploadService service, CancellationToken cancellationToken) =>
        new Utf8JsonResult(await service.UploadAsync(requester, body.Value, cancellationToken));

    private static async Task<IResult> QueryAsync(
        JsonBody<KeyQueryRequest> body,
        Requester requester, KeyQueryService service, CancellationToken cancellationToken) =>
        new Utf8JsonResult(await service.QueryAsync(requester, body.Value, cancellationToken));

    private static async Task<IResult> ClaimAsync(
        JsonBody<KeyClaimRequest> body, KeyClaimService service, CancellationToken cancellationToken) =>
        new Utf8JsonResult(await service.ClaimAsync(body.Value, cancellationToken));

    private static async Task<Ok<DeviceListNews>> GetChangesAsync(
        QueryReader query, Requester requester, KeyChangesService service, CancellationToken cancellationToken) =>
        TypedResults.Ok(await service.ReadAsync(
            requester, query.RequiredText("from"), query.RequiredText("to"), cancellationToken));

    private static async Task<Ok<EmptyResponse>> UploadCrossSigningAsync(
        JsonBody<CrossSigningUploadRequest> body,
        Requester requester, CrossSigningService service, CancellationToken cancellationToken)
    {
        await service.UploadAsync(requester, body.Value, cancellationToken);
        return EmptyResponse.Ok;
    }

    private static async Task<Ok<SignaturesUploadResponse>> UploadSignaturesAsync(
        JsonBody<Dictionary<UserId, Dictionary<string, JsonElement>>> body,
        Requester requester, SignatureUploadService service, CancellationToken cancellationToken) =>
        TypedResults.Ok(await service.UploadAsync(requester, body.Value, cancellationToken));
}
