using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Matrix.Realtime.Accounts.Tokens;

/// <summary>
/// The owners of recently seen tokens by token hash, bounded in number. Two generations: what is used moves to the
/// young one, and when that is full the old one, with all that was not used meanwhile, is dropped.
/// </summary>
/// <remarks>
/// A token that was removed never comes back: who read its owner before the removal and adds it after is turned away by
/// the count of removals. All changes are made under the lock; the young generation is read without it.
/// </remarks>
internal sealed class RecentTokens(int capacity)
{
    private readonly Lock _lock = new();
    private volatile ConcurrentDictionary<string, TokenOwner> _young = new();
    private ConcurrentDictionary<string, TokenOwner> _old = new();
    private long _removals;

    /// <summary>How often tokens were removed: to be read before an owner is read from the database.</summary>
    public long Removals => Interlocked.Read(ref _removals);

    public bool TryGet(string tokenHash, [NotNullWhen(true)] out TokenOwner? owner)
    {
        if (_young.TryGetValue(tokenHash, out owner))
        {
            return true;
        }

        lock (_lock)
        {
            if (!_old.TryGetValue(tokenHash, out owner))
            {
                return false;
            }

            Keep(tokenHash, owner);
            return true;
        }
    }

    /// <summary>Adds a token, unless any was removed since <see cref="Removals"/> was as given.</summary>
    public void Add(string tokenHash, TokenOwner owner, long removals)
    {
        lock (_lock)
        {
            if (_removals == removals)
            {
                Keep(tokenHash, owner);
            }
        }
    }

    public void Remove(IEnumerable<string> tokenHashes)
    {
        lock (_lock)
        {
            _removals++;
            foreach (var tokenHash in tokenHashes)
            {
                _young.TryRemove(tokenHash, out _);
                _old.TryRemove(tokenHash, out _);
            }
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            _removals++;
            _young = new();
            _old = new();
        }
    }

    private void Keep(string tokenHash, TokenOwner owner)
    {
        if (_young.Count >= capacity / 2)
        {
            _old = _young;
            _young = new();
        }

        _young[tokenHash] = owner;
    }
}
