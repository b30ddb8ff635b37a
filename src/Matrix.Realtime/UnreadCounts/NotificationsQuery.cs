using Matrix.Realtime.Errors;
using Matrix.Realtime.Http;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.UnreadCounts;

/// <summary>Which notifications are asked for.</summary>
/// <param name="From">Where the page before ended; null for the latest.</param>
/// <param name="Limit">How many at most.</param>
/// <param name="OnlyHighlights">Whether those that do not highlight are left out.</param>
internal readonly record struct NotificationsQuery(StreamPosition? From, int Limit, bool OnlyHighlights)
{
    private const int DefaultLimit = 20;
    private const int MaxLimit = 100;

    public static NotificationsQuery Read(QueryReader query)
    {
        var limit = query.Integer("limit") ?? DefaultLimit;
        if (limit < 1)
        {
            throw MatrixException.InvalidParam("'limit' must be positive.");
        }

        return new(
            query.Text("from") is { Length: > 0 } from ? StreamToken.Parse(from, "from").Position : null,
            (int)Math.Min(limit, MaxLimit),
            query.Text("only") == "highlight");
    }
}
