namespace Matrix.Realtime.Tests.Databases;

/// <summary>A test that is skipped with the reason where there is no PostgreSQL, but fails under CI.</summary>
public sealed class PostgresFactAttribute : FactAttribute
{
    public PostgresFactAttribute()
    {
        if (!PostgresServer.IsExpected)
        {
            Skip = PostgresServer.Missing;
        }
    }
}
