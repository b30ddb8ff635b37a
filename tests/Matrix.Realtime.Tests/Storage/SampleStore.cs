using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Postgres;
using Matrix.Realtime.Sqlite;
using Matrix.Realtime.Storage;
using Matrix.Realtime.Streams;
using Matrix.Realtime.Tests.Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Matrix.Realtime.Tests.Storage;

/// <summary>A database with the sample tables, and a committer on it.</summary>
internal sealed class SampleStore : IAsyncDisposable
{
    public static readonly Guid Writer = Guid.Parse("0f8fad5b-d9cb-469f-a165-70867728950e");

    private readonly Database _database;
    private readonly SampleDbContext _context;
    private readonly IBatchCommitter _committer;
    private long _batches;

    private SampleStore(Database database, SampleDbContext context, IBatchCommitter committer)
    {
        _database = database;
        _context = context;
        _committer = committer;
    }

    public SampleDbContext Context => _context;

    public static async Task<SampleStore> CreateAsync(DatabaseKind kind)
    {
        var database = await TestDatabase.ReserveAsync(kind);
        var options = new DbContextOptionsBuilder<SampleDbContext>();
        options.UseMatrixDefaults();
        IBatchCommitter committer = kind == DatabaseKind.Sqlite ? new SqliteBatchCommitter() : new PostgresBatchCommitter();
        _ = kind == DatabaseKind.Sqlite
            ? options.UseMatrixSqlite(SqliteFile.Parse(database.ConnectionString))
            : options.UseMatrixPostgres(database.ConnectionString);
        var context = new SampleDbContext(options.Options);
        await context.Database.EnsureCreatedAsync();
        return new SampleStore(database, context, committer);
    }

    public static SampleRow Row(long number) => new() { RoomId = RoomId.Parse("!room:example.org"), Number = number };

    public Task<CommitOutcome> CommitAsync(long expected, long head, params RowOperation[] operations) =>
        CommitAsync(expected, head, isDurable: true, operations);

    public Task<CommitOutcome> CommitAsync(long expected, long head, bool isDurable, params RowOperation[] operations) =>
        _committer.CommitAsync(
            _context,
            new BatchHeader(new StreamPosition(expected), new StreamPosition(head), Writer, ++_batches, isDurable),
            operations,
            CancellationToken.None);

    public Task<List<SampleRow>> RowsAsync() =>
        _context.Set<SampleRow>().OrderBy(row => row.Number).ToListAsync();

    public Task<StreamHead> HeadAsync() => _context.Set<StreamHead>().SingleAsync();

    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        await _database.DisposeAsync();
    }
}
