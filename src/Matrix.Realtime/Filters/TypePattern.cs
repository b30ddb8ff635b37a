namespace Matrix.Realtime.Filters;

/// <summary>An event type in which each <c>*</c> stands for any run of characters, also an empty one.</summary>
internal sealed class TypePattern(string pattern)
{
    public const char Wildcard = '*';

    private readonly string[] _literals = pattern.Split(Wildcard);

    /// <summary>Whether there is nothing but wildcards, so that every type matches.</summary>
    public bool IsEverything => _literals.Length > 1 && _literals.All(literal => literal.Length == 0);

    public bool Matches(ReadOnlySpan<char> type)
    {
        var prefix = _literals[0];
        if (_literals.Length == 1)
        {
            return type.SequenceEqual(prefix);
        }

        var suffix = _literals[^1];
        if (type.Length < prefix.Length + suffix.Length || !type.StartsWith(prefix) || !type.EndsWith(suffix))
        {
            return false;
        }

        // Taking the first place for each literal is enough: whatever a later one would leave, an earlier one leaves too.
        var rest = type[prefix.Length..^suffix.Length];
        foreach (var literal in _literals.AsSpan(1, _literals.Length - 2))
        {
            var found = rest.IndexOf(literal, StringComparison.Ordinal);
            if (found < 0)
            {
                return false;
            }

            rest = rest[(found + literal.Length)..];
        }

        return true;
    }
}
