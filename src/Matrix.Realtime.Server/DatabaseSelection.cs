namespace Matrix.Realtime.Server;

/// <summary>Chooses the database by configuration.</summary>
internal static class DatabaseSelection
{
    public const string ProviderKey = "Matrix:Database:Provider";
    public const string ConnectionStringName = "Matrix";

    public static IServiceCollection AddMatrixDatabase(this IServiceCollection services, IConfiguration configuration)
    {
        var connectionString = configuration.GetConnectionString(ConnectionStringName)
            ?? throw new InvalidOperationException($"ConnectionStrings:{ConnectionStringName} is not set.");
        return configuration[ProviderKey] switch
        {
            "Sqlite" => services.AddMatrixSqlite(connectionString),
            "Postgres" => services.AddMatrixPostgres(connectionString),
            var other => throw new InvalidOperationException($"{ProviderKey} is '{other}', not Sqlite or Postgres."),
        };
    }
}
