using Matrix.Realtime.Http;
using Matrix.Realtime.Identifiers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Matrix.Realtime.Filters;

/// <summary>Uploading and downloading filters (client-server API, "Filtering").</summary>
internal static class FilterEndpoints
{
    public static RouteGroupBuilder MapFilters(this RouteGroupBuilder group)
    {
        group.MapPost("/user/{userId}/filter", DefineFilterAsync).WithName("defineFilter");
        group.MapGet("/user/{userId}/filter/{filterId}", GetFilterAsync).WithName("getFilter");
        return group;
    }

    private static async Task<Ok<FilterIdResponse>> DefineFilterAsync(
        UserId userId,
        JsonObjectBody definition,
        Requester requester,
        FilterService filters,
        CancellationToken cancellationToken) =>
        TypedResults.Ok(
            new FilterIdResponse(await filters.DefineAsync(requester, userId, definition, cancellationToken)));

    private static async Task<Utf8JsonResult> GetFilterAsync(
        UserId userId,
        string filterId,
        Requester requester,
        FilterService filters,
        CancellationToken cancellationToken) =>
        new(await filters.GetAsync(requester, userId, filterId, cancellationToken));
}
