using System.Text.Json;
using Matrix.Realtime.Errors;
using Matrix.Realtime.Http;
using Matrix.Realtime.Identifiers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Matrix.Realtime.Profiles;

/// <summary>Profiles (client-server API, "Profiles").</summary>
internal static class ProfileEndpoints
{
    private static readonly JsonElement Null = JsonElement.Parse("null"u8);

    public static RouteGroupBuilder MapProfiles(this RouteGroupBuilder group)
    {
        group.MapGet("/profile/{userId}", GetAsync).WithName("getUserProfile").WithOptionalAccessToken();
        group.MapGet("/profile/{userId}/{keyName}", GetFieldAsync).WithName("getProfileField").WithOptionalAccessToken();
        group.MapPut("/profile/{userId}/{keyName}", SetFieldAsync).WithName("setProfileField").ClosedToSuspended();
        group.MapDelete("/profile/{userId}/{keyName}", DeleteFieldAsync).WithName("deleteProfileField").ClosedToSuspended();
        return group;
    }

    private static async Task<IResult> GetAsync(
        UserId userId, ProfileService service, CancellationToken cancellationToken) =>
        new Utf8JsonResult((await service.GetAsync(userId, cancellationToken)).Encode());

    private static async Task<IResult> GetFieldAsync(
        UserId userId, string keyName, ProfileService service, CancellationToken cancellationToken) =>
        new Utf8JsonResult((await service.GetAsync(userId, cancellationToken)).EncodeField(keyName)
            ?? throw MatrixException.NotFound("The profile has no such field."));

    private static async Task<Ok<EmptyResponse>> SetFieldAsync(
        UserId userId, string keyName, JsonObjectBody body,
        Requester requester, ProfileService service, CancellationToken cancellationToken)
    {
        if (!body.Element.TryGetProperty(keyName, out var value))
        {
            throw MatrixException.MissingParam($"The body has no '{keyName}'.");
        }

        await service.SetAsync(requester, userId, keyName, value, cancellationToken);
        return EmptyResponse.Ok;
    }

    private static async Task<Ok<EmptyResponse>> DeleteFieldAsync(
        UserId userId, string keyName,
        Requester requester, ProfileService service, CancellationToken cancellationToken)
    {
        await service.SetAsync(requester, userId, keyName, Null, cancellationToken);
        return EmptyResponse.Ok;
    }
}
