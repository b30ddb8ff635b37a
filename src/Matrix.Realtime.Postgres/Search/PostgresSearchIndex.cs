using Matrix.Realtime.Search.Events;
using Matrix.Realtime.Storage;
using Microsoft.EntityFrameworkCore;

namespace Matrix.Realtime.Postgres.Search;

/// <summary>
/// A GIN index over the words as they are: to have the database look for words in them again would double what the index
/// adds to each insertion.
/// </summary>
internal sealed class PostgresSearchIndex : ISearchIndex
{
    private const string Words = "array_to_tsvector(string_to_array(words, ' '))";

    /// <summary>The index over the table of searchable events. Follows its creation.</summary>
    public const string Create =
        $"CREATE INDEX ix_searchable_events_words ON {SearchableEventRow.Table} USING gin ({Words})";

    // The offset keeps the planner from walking through all rows in order of position, as it may when it does not know how
    // few match.
    public IQueryable<SearchableEventRow> Match(MatrixDbContext database, SearchTerm term)
    {
        // The index does not know the order of words: what stands together is looked for again in what it finds.
        var phrases = term.Phrases.Where(phrase => phrase.Words.Count > 1).Select(phrase => phrase.ToText()).ToArray();
        var together = phrases.Select((_, index) => $" AND strpos(' ' || words || ' ', {{{index + 1}}}) > 0");
        var sql =
            $$"""
            SELECT * FROM searchable_events
            WHERE {{Words}} @@ {0}::tsquery{{string.Concat(together)}}
            OFFSET 0
            """;
        return database.Set<SearchableEventRow>().FromSqlRaw(sql, [ToQuery(term), .. phrases]);
    }

    // Words are letters, marks and digits: nothing in them needs escaping.
    private static string ToQuery(SearchTerm term) => string.Join(" & ", term.Phrases.SelectMany(ToLexemes));

    private static IEnumerable<string> ToLexemes(SearchPhrase phrase)
    {
        for (var index = 0; index < phrase.Words.Count; index++)
        {
            var isPrefix = phrase.IsPrefix && index == phrase.Words.Count - 1;
            yield return $"'{phrase.Words[index]}'{(isPrefix ? ":*" : "")}";
        }
    }
}
