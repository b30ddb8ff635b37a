using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.Streams;

/// <summary>Keys by when something last happened to them, so that those since a position are found without the rest.</summary>
internal sealed class RecentKeys<TKey>
    where TKey : struct, IEquatable<TKey>
{
    private readonly LinkedList<(TKey Key, StreamPosition Position)> _newestFirst = new();
    private readonly Dictionary<TKey, LinkedListNode<(TKey Key, StreamPosition Position)>> _byKey = [];

    public void Record(TKey key, StreamPosition position)
    {
        if (_byKey.TryGetValue(key, out var node))
        {
            _newestFirst.Remove(node);
            node.Value = (key, position);
        }
        else
        {
            node = new((key, position));
            _byKey.Add(key, node);
        }

        _newestFirst.AddFirst(node);
    }

    public void Remove(TKey key)
    {
        if (_byKey.Remove(key, out var node))
        {
            _newestFirst.Remove(node);
        }
    }

    /// <summary>The keys to which something happened after the position, the newest first.</summary>
    public List<(TKey Key, StreamPosition Position)> After(StreamPosition position)
    {
        List<(TKey Key, StreamPosition Position)> found = [];
        for (var node = _newestFirst.First; node is not null && node.Value.Position > position; node = node.Next)
        {
            found.Add(node.Value);
        }

        return found;
    }
}
