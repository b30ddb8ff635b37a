using System.Reflection;
using Xunit.Sdk;

namespace Matrix.Realtime.Tests.Databases;

/// <summary>
/// Runs a theory once on each database, with further arguments if given. Where there is no PostgreSQL, its rows are
/// left out and <see cref="PostgresAvailabilityTests"/> says so; under CI they stay, and fail.
/// </summary>
public sealed class AllDatabasesAttribute(params object?[] arguments) : DataAttribute
{
    public override IEnumerable<object?[]> GetData(MethodInfo testMethod)
    {
        yield return [DatabaseKind.Sqlite, .. arguments];
        if (PostgresServer.IsExpected)
        {
            yield return [DatabaseKind.Postgres, .. arguments];
        }
    }
}
