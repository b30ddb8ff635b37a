using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.Search.Users;

/// <summary>The words by which users are found.</summary>
internal static class UserNames
{
    /// <summary>More words than this of one name are left out.</summary>
    private const int MaxWords = 32;

    /// <summary>The whole user id, the words of its localpart, and those of the display name.</summary>
    public static HashSet<string> WordsOf(UserId userId, string? displayName) =>
    [
        WordBreaker.Fold(userId.Value),
        .. WordBreaker.Words(userId.Localpart.ToString()).Take(MaxWords),
        .. WordBreaker.Words(displayName ?? "").Take(MaxWords),
    ];

    /// <summary>
    /// What must all begin words of a user for the term to find them: the words of it, or all of it if it looks like a
    /// user id.
    /// </summary>
    public static IReadOnlyList<string> PrefixesOf(string term)
    {
        var folded = WordBreaker.Fold(term.Trim());
        var isWhole = !folded.Any(character => char.IsWhiteSpace(character) || char.IsControl(character));
        return isWhole && folded is ['@', _, ..] ? [folded]
            : isWhole && folded.Contains(':') ? [$"@{folded}"]
            : [.. WordBreaker.Words(folded).Distinct().Take(MaxWords)];
    }
}
