using Matrix.Realtime.Errors;
using Matrix.Realtime.Http;
using Matrix.Realtime.Rooms.Reading;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.Relations;

/// <summary>Which threads of a room are asked for.</summary>
/// <param name="From">Where the page before ended; null for the first.</param>
/// <param name="OnlyParticipated">Whether only those are wanted in which the caller sent something.</param>
/// <param name="Limit">How many at most.</param>
internal sealed record ThreadsQuery(StreamToken? From, bool OnlyParticipated, int Limit)
{
    /// <exception cref="MatrixException">400: a parameter is malformed.</exception>
    public static ThreadsQuery Read(QueryReader query) => new(
        query.Text("from") is { } from ? StreamToken.Parse(from, "from") : null,
        query.Text("include") switch
        {
            null or "all" => false,
            "participated" => true,
            _ => throw MatrixException.InvalidParam("'include' must be 'all' or 'participated'."),
        },
        MessagesQuery.ReadLimit(query) is > 0 and var limit
            ? limit
            : throw MatrixException.InvalidParam("'limit' must be positive."));
}
