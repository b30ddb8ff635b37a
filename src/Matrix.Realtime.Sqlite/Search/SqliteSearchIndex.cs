using Matrix.Realtime.Search.Events;
using Matrix.Realtime.Storage;
using Microsoft.EntityFrameworkCore;

namespace Matrix.Realtime.Sqlite.Search;

/// <summary>
/// An FTS5 index, which the database fills by itself a few hundred rows at a time: every commit that adds to it costs
/// some pages, however little is added. The rows that it does not hold yet are read through.
/// </summary>
internal sealed class SqliteSearchIndex : ISearchIndex
{
    /// <summary>On average so many rows are taken into the index at once; a prime, so that no rhythm of positions avoids it.</summary>
    private const int Stride = 509;

    private const string Columns = "event.room_id, event.sender, event.key, event.word_count, event.words";

    /// <summary>What the table of searchable events is not without. Follows its creation.</summary>
    public static readonly string Create =
        $"""
        CREATE TABLE searchable_words_through (position INTEGER NOT NULL);
        INSERT INTO searchable_words_through (position) VALUES (0);
        CREATE VIRTUAL TABLE searchable_words USING fts5(
            words, content='{SearchableEventRow.Table}', content_rowid='position', columnsize=0, tokenize='ascii');
        CREATE TRIGGER searchable_events_added AFTER INSERT ON {SearchableEventRow.Table}
        WHEN NEW.position % {Stride} = 0
        BEGIN
            INSERT INTO searchable_words (rowid, words)
                SELECT position, words FROM {SearchableEventRow.Table}
                WHERE position > (SELECT position FROM searchable_words_through);
            UPDATE searchable_words_through SET position = NEW.position;
        END;
        CREATE TRIGGER searchable_events_removed AFTER DELETE ON {SearchableEventRow.Table}
        WHEN OLD.position <= (SELECT position FROM searchable_words_through)
        BEGIN
            INSERT INTO searchable_words (searchable_words, rowid, words) VALUES ('delete', OLD.position, OLD.words);
        END;
        """;

    public IQueryable<SearchableEventRow> Match(MatrixDbContext database, SearchTerm term)
    {
        var occurs = term.Phrases.Select((_, index) => $"instr(' ' || event.words || ' ', {{{index + 1}}}) > 0");
        var sql =
            $$"""
            SELECT found.rowid AS position, {{Columns}}
            FROM searchable_words AS found JOIN searchable_events AS event ON event.position = found.rowid
            WHERE searchable_words MATCH {0}
            UNION ALL
            SELECT event.position, {{Columns}}
            FROM searchable_events AS event
            WHERE event.position > (SELECT position FROM searchable_words_through) AND {{string.Join(" AND ", occurs)}}
            """;
        return database.Set<SearchableEventRow>().FromSqlRaw(
            sql, [ToExpression(term), .. term.Phrases.Select(phrase => phrase.ToText())]);
    }

    // Words are letters, marks and digits: nothing in them needs escaping.
    private static string ToExpression(SearchTerm term) => string.Join(
        " AND ",
        term.Phrases.Select(phrase => $"\"{string.Join(' ', phrase.Words)}\"{(phrase.IsPrefix ? " *" : "")}"));
}
