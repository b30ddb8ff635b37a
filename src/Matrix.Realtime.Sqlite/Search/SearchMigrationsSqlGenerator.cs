using Matrix.Realtime.Search.Events;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace Matrix.Realtime.Sqlite.Search;

/// <summary>
/// Creates the full-text index with the table that it is over, since Entity Framework knows no virtual tables. A migration
/// that builds the table anew loses the triggers and must create them again.
/// </summary>
internal sealed class SearchMigrationsSqlGenerator(
    MigrationsSqlGeneratorDependencies dependencies, IRelationalAnnotationProvider annotations)
    : SqliteMigrationsSqlGenerator(dependencies, annotations)
{
    protected override void Generate(
        CreateTableOperation operation, IModel? model, MigrationCommandListBuilder builder, bool terminate = true)
    {
        base.Generate(operation, model, builder, terminate);
        if (operation.Name == SearchableEventRow.Table)
        {
            builder.AppendLines(SqliteSearchIndex.Create).EndCommand();
        }
    }
}
