using System.Text.Json.Nodes;

namespace Matrix.Realtime.Tests.Search.Events;

/// <summary>Searching the events of rooms, and what is read of the answers.</summary>
internal static class SearchRequests
{
    public static Task<MatrixResponse> SearchAsync(
        this MatrixClient user, string term, JsonObject? criteria = null, string? nextBatch = null)
    {
        var events = (JsonObject?)criteria?.DeepClone() ?? [];
        events["search_term"] = term;
        return user.PostAsync(
            "search" + (nextBatch is null ? "" : $"?next_batch={MatrixClient.Escape(nextBatch)}"),
            new JsonObject { ["search_categories"] = new JsonObject { ["room_events"] = events } });
    }

    /// <summary>The results, as <c>room_events</c> of the answer.</summary>
    public static async Task<JsonObject> ResultsAsync(
        this MatrixClient user, string term, JsonObject? criteria = null, string? nextBatch = null) =>
        (await user.SearchAsync(term, criteria, nextBatch).ExpectAsync())["search_categories"]!["room_events"]!.AsObject();

    /// <summary>The ids of the events on the first page.</summary>
    public static async Task<List<string>> FindAsync(
        this MatrixClient user, string term, JsonObject? criteria = null) =>
        (await user.ResultsAsync(term, criteria)).EventIds();

    public static List<string> EventIds(this JsonObject results) =>
        [.. results["results"]!.AsArray().Select(result => (string)result!["result"]!["event_id"]!)];

    public static JsonObject Recent(JsonObject? filter = null)
    {
        var criteria = new JsonObject { ["order_by"] = "recent" };
        if (filter is not null)
        {
            criteria["filter"] = filter;
        }

        return criteria;
    }

    public static JsonObject Filtered(string name, JsonNode value) => Recent(new JsonObject { [name] = value });
}
