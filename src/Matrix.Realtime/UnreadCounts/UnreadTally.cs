using System.Collections.Immutable;
using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.UnreadCounts;

/// <summary>What is unread for one user in one room: in the main timeline and in each thread.</summary>
internal sealed record UnreadTally(UnreadCount Main, ImmutableDictionary<EventId, UnreadCount> Threads)
{
    public static readonly UnreadTally Zero = new(default, []);

    public bool IsZero => Main.IsZero && Threads.IsEmpty;

    /// <summary>The main timeline and all threads together.</summary>
    public UnreadCount Total => Threads.Values.Aggregate(Main, (total, thread) => total + thread);

    /// <summary>Whether both tell readers the same.</summary>
    public bool IsSameAs(UnreadTally other) =>
        Main == other.Main
        && Threads.Count == other.Threads.Count
        && Threads.All(thread => other.Threads.TryGetValue(thread.Key, out var count) && count == thread.Value);

    /// <summary>The categories where something is unread; null stands for the main timeline.</summary>
    public IEnumerable<EventId?> Unread =>
        [.. Main.IsZero ? [] : new EventId?[] { null }, .. Threads.Keys.Select(root => (EventId?)root)];

    public UnreadTally Add(EventId? threadRoot, UnreadCount count) => count.IsZero ? this
        : threadRoot is not { } root ? this with { Main = Main + count }
        : this with { Threads = Threads.SetItem(root, Threads.GetValueOrDefault(root) + count) };

    public UnreadTally Clear(EventId? threadRoot) =>
        threadRoot is { } root ? this with { Threads = Threads.Remove(root) } : this with { Main = default };
}
