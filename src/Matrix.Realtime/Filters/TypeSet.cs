using System.Collections.Frozen;

namespace Matrix.Realtime.Filters;

/// <summary>
/// A list of event types, prepared for matching: plain ones are looked up, those with wildcards are tried.
/// </summary>
internal sealed class TypeSet
{
    public static readonly TypeSet Empty = new([]);

    private readonly FrozenSet<string> _types;
    private readonly TypePattern[] _patterns;

    public TypeSet(IReadOnlyCollection<string> types)
    {
        _types = types.Where(type => !type.Contains(TypePattern.Wildcard)).ToFrozenSet(StringComparer.Ordinal);
        _patterns = [.. types.Except(_types).Select(type => new TypePattern(type))];
    }

    public bool IsEmpty => _types.Count == 0 && _patterns.Length == 0;

    public bool IsEverything => _patterns.Any(pattern => pattern.IsEverything);

    public bool Contains(string type)
    {
        if (_types.Contains(type))
        {
            return true;
        }

        foreach (var pattern in _patterns)
        {
            if (pattern.Matches(type))
            {
                return true;
            }
        }

        return false;
    }
}
