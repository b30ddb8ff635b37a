using Matrix.Realtime.Errors;
using Matrix.Realtime.Http;
using Matrix.Realtime.Rooms.Reading;

namespace Matrix.Realtime.Relations;

/// <summary>Which relations to an event are asked for, and in which order.</summary>
internal sealed record RelationQuery
{
    /// <summary>The kind of the relation; null for every kind.</summary>
    public required string? RelType { get; init; }

    /// <summary>The type of the child; null for every type.</summary>
    public required string? Type { get; init; }

    /// <summary>Whether children of children are wanted, too.</summary>
    public required bool Recurse { get; init; }

    /// <summary>What part of them, and how many.</summary>
    public required MessagesQuery Page { get; init; }

    public bool Backwards => Page.Backwards;

    /// <exception cref="MatrixException">400: a parameter is malformed.</exception>
    public static RelationQuery Read(QueryReader query, string? relType, string? eventType) => new()
    {
        RelType = relType,
        Type = eventType,
        Recurse = query.Boolean("recurse") ?? false,
        Page = MessagesQuery.Read(query, defaultDirection: "b"),
    };
}
