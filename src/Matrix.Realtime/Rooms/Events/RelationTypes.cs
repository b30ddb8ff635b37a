namespace Matrix.Realtime.Rooms.Events;

/// <summary>The kinds of relations that the server itself knows of, as the specification names them.</summary>
internal static class RelationTypes
{
    public const string Annotation = "m.annotation";
    public const string Reference = "m.reference";
    public const string Replacement = "m.replace";
    public const string Thread = "m.thread";
}
