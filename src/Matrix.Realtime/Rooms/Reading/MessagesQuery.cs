using Matrix.Realtime.Errors;
using Matrix.Realtime.Http;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.Rooms.Reading;

/// <summary>Which part of a room's history is asked for, and in which direction.</summary>
internal readonly record struct MessagesQuery(StreamToken? From, StreamToken? To, bool Backwards, int Limit)
{
    /// <summary>More than this is never answered at once.</summary>
    public const int MaxLimit = 1000;

    private const int DefaultLimit = 10;

    public static MessagesQuery Read(QueryReader query)
    {
        var limit = query.Integer("limit") ?? DefaultLimit;
        if (limit < 0)
        {
            throw MatrixException.InvalidParam("'limit' must not be negative.");
        }

        return new(
            query.Text("from") is { } from ? StreamToken.Parse(from, "from") : null,
            query.Text("to") is { } to ? StreamToken.Parse(to, "to") : null,
            query.RequiredText("dir") switch
            {
                "b" => true,
                "f" => false,
                _ => throw MatrixException.InvalidParam("'dir' must be 'b' or 'f'."),
            },
            (int)Math.Min(limit, MaxLimit));
    }
}
