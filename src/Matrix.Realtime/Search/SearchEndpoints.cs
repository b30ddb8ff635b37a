using Matrix.Realtime.Http;
using Matrix.Realtime.Search.Events;
using Matrix.Realtime.Search.Users;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Matrix.Realtime.Search;

/// <summary>Searching events and users (client-server API, "Server Side Search" and "User directory").</summary>
internal static class SearchEndpoints
{
    public static RouteGroupBuilder MapSearch(this RouteGroupBuilder group)
    {
        group.MapPost("/search", SearchAsync).WithName("search");
        group.MapPost("/user_directory/search", SearchUsersAsync).WithName("searchUserDirectory");
        return group;
    }

    private static Task<IResult> SearchAsync(
        JsonBody<SearchRequest> body,
        QueryReader query,
        Requester requester,
        SearchService service,
        CancellationToken cancellationToken) =>
        service.SearchAsync(requester, body.Value, query.Text("next_batch"), cancellationToken);

    private static async Task<Ok<UserDirectoryResponse>> SearchUsersAsync(
        JsonBody<UserDirectoryRequest> body,
        Requester requester,
        UserDirectoryService service,
        CancellationToken cancellationToken) =>
        TypedResults.Ok(await service.SearchAsync(requester, body.Value, cancellationToken));
}
