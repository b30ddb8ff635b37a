using Matrix.Realtime.Errors;
using Matrix.Realtime.Http;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.State;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.Rooms.Reading;

/// <summary>Which part of a room's history is asked for, and in which direction.</summary>
internal readonly record struct MessagesQuery(StreamToken? From, StreamToken? To, bool Backwards, int Limit, string? Filter)
{
    /// <summary>More than this is never answered at once.</summary>
    public const int MaxLimit = 1000;

    private const int DefaultLimit = 10;

    /// <summary>Reads the query; without a default, the direction must be there.</summary>
    public static MessagesQuery Read(QueryReader query, string? defaultDirection = null)
    {
        return new(
            query.Text("from") is { } from ? StreamToken.Parse(from, "from") : null,
            query.Text("to") is { } to ? StreamToken.Parse(to, "to") : null,
            IsBackwards(query.Text("dir") ?? defaultDirection ?? query.RequiredText("dir")),
            ReadLimit(query),
            query.Text("filter"));
    }

    /// <summary>How many events are asked for, at most what is ever answered.</summary>
    public static int ReadLimit(QueryReader query) => query.Integer("limit") switch
    {
        null => DefaultLimit,
        < 0 => throw MatrixException.InvalidParam("'limit' must not be negative."),
        { } limit => (int)Math.Min(limit, MaxLimit),
    };

    /// <summary>The part of a history up to its end that is asked for.</summary>
    public PositionRange RangeUpTo(StreamPosition last)
    {
        var from = From?.Position;
        var to = To?.Position;
        return Backwards
            ? new(to ?? StreamPosition.Zero, StreamPosition.Min(from ?? last, last))
            : new(from ?? StreamPosition.Zero, StreamPosition.Min(to ?? last, last));
    }

    public static bool IsBackwards(string direction) => direction switch
    {
        "b" => true,
        "f" => false,
        _ => throw MatrixException.InvalidParam("'dir' must be 'b' or 'f'."),
    };
}
