using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.Filters;

/// <summary>Which events of one section of a sync are wanted: the specification's <c>EventFilter</c>.</summary>
internal class EventFilter
{
    /// <summary>No restriction.</summary>
    public static readonly EventFilter All = new();

    /// <summary>How many events are wanted at most; null leaves it to the server, and 0 wants none.</summary>
    public int? Limit { get; init; }

    /// <summary>The types wanted; null means all of them.</summary>
    public TypeSet? Types { get; init; }

    /// <summary>The types not wanted, even when they are in <see cref="Types"/>.</summary>
    public TypeSet NotTypes { get; init; } = TypeSet.Empty;

    /// <summary>Whose events are wanted.</summary>
    public IdSelection<UserId> Senders { get; init; } = IdSelection<UserId>.All;

    /// <summary>Whether certainly no event passes, so that a section need not be looked at.</summary>
    public virtual bool AllowsNothing => Types is { IsEmpty: true } || NotTypes.IsEverything || Senders.AllowsNothing;

    /// <summary>
    /// Whether events of a type pass: all there is to ask of typing, receipts and account data, which have no sender.
    /// </summary>
    public bool AllowsType(string type) => Types?.Contains(type) != false && !NotTypes.Contains(type);

    /// <summary>Whether any event of a type passes, which is all there is to ask of account data.</summary>
    public bool AllowsAny(string type) => Limit != 0 && AllowsType(type);

    public bool Allows(string type, UserId sender) => AllowsType(type) && Senders.Allows(sender);
}
