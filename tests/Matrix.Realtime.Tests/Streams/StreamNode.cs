using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.State;
using Matrix.Realtime.Storage;
using Matrix.Realtime.Streams;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Matrix.Realtime.Tests.Streams;

/// <summary>A process with nothing but the change stream of one database and a feature made for tests.</summary>
internal sealed class StreamNode : IAsyncDisposable
{
    public static readonly RoomId Room = RoomId.Parse("!room:test");

    public static readonly UserId Alice = UserId.Parse("@alice:test");

    private readonly IHost _host;

    private StreamNode(IHost host)
    {
        _host = host;
        Writer = host.Services.GetRequiredService<ChangeWriter>();
        Live = host.Services.GetRequiredService<LiveState>();
        Reader = host.Services.GetRequiredService<ChangeReader>();
        Table = host.Services.GetRequiredService<TestTable>();
        Committer = (FaultyCommitter)host.Services.GetRequiredService<IBatchCommitter>();
        HeadReads = host.Services.GetRequiredService<HeadReadFault>();
        Databases = host.Services.GetRequiredService<IDbContextFactory<MatrixDbContext>>();
    }

    public ChangeWriter Writer { get; }

    public LiveState Live { get; }

    public ChangeReader Reader { get; }

    public TestTable Table { get; }

    public FaultyCommitter Committer { get; }

    public HeadReadFault HeadReads { get; }

    public IDbContextFactory<MatrixDbContext> Databases { get; }

    public static async Task<StreamNode> StartAsync(Database database, TimeProvider? time = null)
    {
        var node = Build(database, time);
        try
        {
            await node.StartAsync();
            return node;
        }
        catch
        {
            await node.DisposeAsync();
            throw;
        }
    }

    /// <summary>A node that has yet to be started.</summary>
    public static StreamNode Build(Database database, TimeProvider? time = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        var services = builder.Services;
        services.AddSingleton(time ?? TimeProvider.System);
        services.AddSingleton<IDatabaseLock, NoDatabaseLock>();
        services.AddSingleton<HeadReadFault>();
        services.ConfigureDbContext<MatrixDbContext>(
            (provider, options) => options.AddInterceptors(provider.GetRequiredService<HeadReadFault>()));
        _ = database.Provider == "Sqlite"
            ? services.AddMatrixSqlite(database.ConnectionString)
            : services.AddMatrixPostgres(database.ConnectionString);
        var committer = services.Last(service => service.ServiceType == typeof(IBatchCommitter)).ImplementationType!;
        services.Replace(ServiceDescriptor.Singleton<IBatchCommitter>(provider =>
            new FaultyCommitter((IBatchCommitter)ActivatorUtilities.CreateInstance(provider, committer))));
        services.AddStreams();
        services.AddLiveTable<TestTable>();
        services.AddSingleton<IChangeSource, TestChangeSource>();
        return new StreamNode(builder.Build());
    }

    public Task StartAsync() => _host.StartAsync();

    public Task StopAsync() => _host.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
    }

    /// <summary>Appends a change with its row; the answer is its position.</summary>
    public Task<StreamPosition> WriteAsync(TestChange change) => Writer.SubmitAsync(
        batch => ValueTask.FromResult(Write(batch, change)), CancellationToken.None);

    public Task<StreamPosition> WriteAsync(long number) => WriteAsync(new TestChange(Room, Alice, number));

    public static StreamPosition Write(ChangeBatch batch, TestChange change)
    {
        var position = batch.Append(change);
        batch.Insert(change.ToRow());
        return position;
    }

    /// <summary>Keeps the writer busy until the result is called: what is submitted meanwhile is one batch.</summary>
    public async Task<Action> HoldAsync()
    {
        var reached = new TaskCompletionSource();
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _ = Writer.SubmitAsync(
            async _ =>
            {
                reached.TrySetResult();
                await release.Task;
            },
            CancellationToken.None);
        await reached.Task;
        return release.SetResult;
    }

    /// <summary>The room as live state has it now.</summary>
    public async Task<TestTally> TallyAsync() => await Live.GetAsync(Live.Current, Table, Room, CancellationToken.None);

    /// <summary>All stored changes, in order.</summary>
    public async Task<List<EventRow>> RowsAsync()
    {
        await using var database = await Databases.CreateDbContextAsync();
        return await database.Set<EventRow>().OrderBy(row => row.Position).ToListAsync();
    }
}
