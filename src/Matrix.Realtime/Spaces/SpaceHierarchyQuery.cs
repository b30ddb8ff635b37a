using Matrix.Realtime.Errors;
using Matrix.Realtime.Http;
using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.Spaces;

/// <summary>Which part of a tree of rooms is asked for.</summary>
internal readonly record struct SpaceHierarchyQuery(RoomId Root, bool SuggestedOnly, int MaxDepth, int Limit, int Skip)
{
    private const int DefaultLimit = 50;
    private const int MaxLimit = 50;
    private const int DeepestTree = 50;

    /// <exception cref="MatrixException">400: a parameter is out of range, or not that of the page before.</exception>
    public static SpaceHierarchyQuery Read(RoomId root, QueryReader query)
    {
        var limit = query.Integer("limit") ?? DefaultLimit;
        var maxDepth = query.Integer("max_depth") ?? DeepestTree;
        if (limit <= 0 || maxDepth < 0)
        {
            throw MatrixException.InvalidParam("'limit' must be positive and 'max_depth' must not be negative.");
        }

        var first = new SpaceHierarchyQuery(
            root,
            query.Boolean("suggested_only") ?? false,
            (int)Math.Min(maxDepth, DeepestTree),
            (int)Math.Min(limit, MaxLimit),
            Skip: 0);
        return query.Text("from") is { } from ? first.From(SpaceHierarchyToken.Parse(from)) : first;
    }

    /// <summary>The token for what follows this page.</summary>
    public SpaceHierarchyToken Next => new(Skip + Limit, SuggestedOnly, MaxDepth, Root);

    private SpaceHierarchyQuery From(SpaceHierarchyToken token)
    {
        var from = this with { Skip = token.Skip };
        return token == new SpaceHierarchyToken(token.Skip, SuggestedOnly, MaxDepth, Root)
            ? from
            : throw MatrixException.InvalidParam(
                "The space, 'suggested_only' and 'max_depth' must stay the same on all pages.");
    }
}
