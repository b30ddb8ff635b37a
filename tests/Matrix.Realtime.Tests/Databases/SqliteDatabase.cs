using Matrix.Realtime.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Matrix.Realtime.Tests.Databases;

/// <summary>A file in a temporary folder of its own.</summary>
internal sealed class SqliteDatabase : Database
{
    private static readonly Lazy<Task<string>> Template = new(CreateTemplateAsync);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("matrix-test-");

    private SqliteDatabase()
    {
    }

    public override string Provider => "Sqlite";

    public override string ConnectionString => $"Data Source={File}";

    private string File => Path.Combine(_folder.FullName, "matrix.db");

    public static SqliteDatabase Reserve() => new();

    public static async Task<SqliteDatabase> CreateAsync()
    {
        var template = await Template.Value;
        var database = new SqliteDatabase();
        System.IO.File.Copy(template, database.File);
        return database;
    }

    public override async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!TryDelete())
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private static async Task<string> CreateTemplateAsync()
    {
        var template = new SqliteDatabase();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => template._folder.Delete(recursive: true);
        await MigratedTemplate.CreateAsync(services => services.AddMatrixSqlite(template.ConnectionString));

        // Closing the last connection moves the write-ahead log into the file.
        template.ReleaseFile();
        return template.File;
    }

    /// <summary>A read that nobody waits for any more may outlive its server, and make files anew.</summary>
    private bool TryDelete()
    {
        try
        {
            ReleaseFile();
            _folder.Delete(recursive: true);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private void ReleaseFile()
    {
        using var connection = new SqliteConnection(SqliteFile.Parse(ConnectionString).ConnectionString);
        SqliteConnection.ClearPool(connection);
    }
}
