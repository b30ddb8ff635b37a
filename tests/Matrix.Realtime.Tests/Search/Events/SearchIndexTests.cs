using System.Data;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Search.Events;
using Matrix.Realtime.Tests.Databases;
using Matrix.Realtime.Tests.Storage;
using Microsoft.EntityFrameworkCore;

namespace Matrix.Realtime.Tests.Search.Events;

/// <summary>What the databases make of a search.</summary>
public sealed class SearchIndexTests
{
    [Theory]
    [AllDatabases("needle")]
    [AllDatabases("need \"in a haystack\" it")]
    public async Task Match_OfAnyTerm_LooksIntoTheIndex(DatabaseKind kind, string term)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var services = new DatabaseServices(database);
        await using var context = services.CreateContext();
        await context.Database.OpenConnectionAsync();
        var found = services.SearchIndex.Match(context, SearchTerm.Parse(term))
            .Where(row => row.Position <= new StreamPosition(1000))
            .OrderBy(row => row.WordCount).ThenByDescending(row => row.Position).Take(10);

        var plan = kind == DatabaseKind.Sqlite
            ? await ExplainAsync(found, "EXPLAIN QUERY PLAN ")
            : await ExplainAsync(found, "SET enable_seqscan = off; EXPLAIN ");

        Assert.Contains(
            kind == DatabaseKind.Sqlite ? "VIRTUAL TABLE INDEX" : "Bitmap Index Scan on ix_searchable_events_words",
            plan,
            StringComparison.Ordinal);
    }

    private static async Task<string> ExplainAsync(IQueryable<SearchableEventRow> query, string verb)
    {
        await using var command = query.CreateDbCommand();
        command.CommandText = verb + command.CommandText;
        await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SingleResult);
        List<string> lines = [];
        while (await reader.ReadAsync())
        {
            lines.Add(reader.GetValue(reader.FieldCount - 1).ToString()!);
        }

        return string.Join('\n', lines);
    }
}
