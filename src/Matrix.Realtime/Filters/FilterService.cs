using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Matrix.Realtime.Errors;
using Matrix.Realtime.Http;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Json;
using Microsoft.Extensions.Caching.Memory;

namespace Matrix.Realtime.Filters;

/// <summary>Keeps the filters that clients upload, and finds the one that a sync names.</summary>
internal sealed class FilterService(FilterStore store, MatrixJson json) : IDisposable
{
    private const int CacheBytes = 16 * 1024 * 1024;

    /// <summary>Roughly what a prepared filter takes besides the strings of its definition.</summary>
    private const int FilterOverhead = 1024;

    /// <summary>Roughly what a name in <see cref="EventFields"/> takes.</summary>
    private const int NameOverhead = 256;

    private const int IdBytes = 12;

    /// <summary>Prepared filters by user and id. Stored filters never change, so nothing here becomes stale.</summary>
    private readonly MemoryCache _prepared = new(new MemoryCacheOptions { SizeLimit = CacheBytes });

    /// <summary>
    /// Stores a definition and returns its id: a hash of it, so that uploading it again changes nothing.
    /// </summary>
    public async Task<string> DefineAsync(
        Requester requester, UserId userId, JsonObjectBody definition, CancellationToken cancellationToken)
    {
        RequireOwn(requester, userId);
        var filter = FilterParser.Parse(definition.Element);
        var id = UnpaddedBase64.EncodeUrlSafe(SHA256.HashData(definition.Utf8).AsSpan(0, IdBytes));
        if (await FindAsync(userId, id, cancellationToken) is null)
        {
            var row = new FilterRow { UserId = userId, FilterId = id, Definition = definition.Utf8 };
            await store.AddAsync(row, cancellationToken);
            Remember(userId, id, filter, row.Definition.Length);
        }

        return id;
    }

    /// <summary>The definition of a filter as it was uploaded.</summary>
    public async Task<byte[]> GetAsync(
        Requester requester, UserId userId, string filterId, CancellationToken cancellationToken)
    {
        RequireOwn(requester, userId);
        return await store.FindAsync(userId, filterId, cancellationToken)
            ?? throw MatrixException.NotFound("There is no such filter.");
    }

    /// <summary>
    /// The filter that the query parameter of a sync names: JSON when it starts with a brace, else an id.
    /// </summary>
    public ValueTask<SyncFilter> ResolveAsync(UserId userId, string? filterParameter, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(filterParameter))
        {
            return ValueTask.FromResult(SyncFilter.Default);
        }

        return filterParameter.StartsWith('{')
            ? ValueTask.FromResult(ParseInline(filterParameter, FilterParser.Parse))
            : ResolveStoredAsync(userId, filterParameter, cancellationToken);
    }

    /// <summary>
    /// The filter that the query parameter of other reads holds, which takes no id; null lets all events pass.
    /// </summary>
    public RoomEventFilter ParseRoomEvents(string? filterParameter) =>
        string.IsNullOrEmpty(filterParameter)
            ? RoomEventFilter.All
            : ParseInline(filterParameter, FilterParser.ParseRoomEvents);

    public void Dispose() => _prepared.Dispose();

    private static void RequireOwn(Requester requester, UserId userId)
    {
        if (requester.UserId != userId)
        {
            throw MatrixException.Forbidden("Filters are their user's own.");
        }
    }

    private TFilter ParseInline<TFilter>(string text, Func<JsonElement, TFilter> parse)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        try
        {
            JsonScanner.RequireObject(utf8, json.MaxDepth);
            return parse(JsonElement.Parse(utf8));
        }
        catch (MatrixException refusal) when (refusal.ErrorCode == MatrixErrorCodes.BadJson)
        {
            throw MatrixException.InvalidParam(refusal.Message);
        }
    }

    private async ValueTask<SyncFilter> ResolveStoredAsync(
        UserId userId, string filterId, CancellationToken cancellationToken) =>
        await FindAsync(userId, filterId, cancellationToken)
        ?? throw MatrixException.InvalidParam("There is no such filter.");

    private async ValueTask<SyncFilter?> FindAsync(UserId userId, string filterId, CancellationToken cancellationToken)
    {
        if (_prepared.TryGetValue((userId, filterId), out SyncFilter? known))
        {
            return known;
        }

        if (await store.FindAsync(userId, filterId, cancellationToken) is not { } definition)
        {
            return null;
        }

        var filter = FilterParser.Parse(JsonElement.Parse(definition));
        Remember(userId, filterId, filter, definition.Length);
        return filter;
    }

    private void Remember(UserId userId, string filterId, SyncFilter filter, int definitionLength)
    {
        var size = FilterOverhead + definitionLength + (NameOverhead * (filter.EventFields?.NameCount ?? 0));
        _prepared.Set((userId, filterId), filter, new MemoryCacheEntryOptions { Size = size });
    }
}
