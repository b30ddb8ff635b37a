using Matrix.Realtime.Search.Events;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Infrastructure.Internal;
using Npgsql.EntityFrameworkCore.PostgreSQL.Migrations;

namespace Matrix.Realtime.Postgres.Search;

/// <summary>
/// Creates the index for searching with its table, since Entity Framework knows no index over an expression.
/// </summary>
// The options are only passed on to the public base class, which has no other constructor.
#pragma warning disable EF1001
internal sealed class SearchMigrationsSqlGenerator(
    MigrationsSqlGeneratorDependencies dependencies, INpgsqlSingletonOptions options)
    : NpgsqlMigrationsSqlGenerator(dependencies, options)
#pragma warning restore EF1001
{
    protected override void Generate(
        CreateTableOperation operation, IModel? model, MigrationCommandListBuilder builder, bool terminate = true)
    {
        base.Generate(operation, model, builder, terminate);
        if (operation.Name == SearchableEventRow.Table)
        {
            builder.AppendLine(PostgresSearchIndex.Create).EndCommand();
        }
    }
}
