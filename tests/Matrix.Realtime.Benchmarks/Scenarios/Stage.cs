using Matrix.Realtime.Benchmarks.Servers;

namespace Matrix.Realtime.Benchmarks.Scenarios;

/// <summary>A fresh homeserver and a fresh floor on one kind of database, for one scenario.</summary>
internal sealed class Stage : IAsyncDisposable
{
    private readonly string _folder;

    private Stage(
        RunSettings settings, string folder, BenchmarkDatabase database, MeasuredProcess server, MeasuredProcess floor)
    {
        _folder = folder;
        Database = database;
        Settings = settings;
        Server = server;
        Floor = floor;
    }

    public RunSettings Settings { get; }

    /// <summary>What the homeserver writes to.</summary>
    public BenchmarkDatabase Database { get; }

    public MeasuredProcess Server { get; private set; }

    public MeasuredProcess Floor { get; }

    public static async Task<Stage> OpenAsync(RunSettings settings, DatabaseKind kind)
    {
        var folder = Directory.CreateTempSubdirectory("matrix-benchmark-").FullName;
        var database = await BenchmarkDatabase.CreateAsync(kind, folder);
        var server = await ServerUnderTest.StartAsync(database, folder);
        var floor = await ServerUnderTest.StartFloorAsync(await BenchmarkDatabase.CreateAsync(kind, folder), folder);
        return new(settings, folder, database, server, floor);
    }

    /// <summary>Starts the homeserver again on its database, with settings: name, value, name, value.</summary>
    public async Task RestartServerAsync(params string[] settings)
    {
        await Server.DisposeAsync();
        Server = await ServerUnderTest.StartAsync(Database, _folder, settings);
    }

    /// <summary>Measures server and floor in turn, after warming both up: one figure for each of the names.</summary>
    public async Task<IReadOnlyList<Figure>> MeasureAsync(
        IReadOnlyList<string> names, string unit, Func<MeasuredProcess, TimeSpan, Task<double[]>> measure)
    {
        await measure(Server, RunSettings.WarmUp);
        await measure(Floor, RunSettings.WarmUp);
        var (server, floor) = (new List<double[]>(), new List<double[]>());
        for (var run = 0; run < Settings.Runs; run++)
        {
            server.Add(await measure(Server, Settings.Duration));
            floor.Add(await measure(Floor, Settings.Duration));
        }

        return
        [
            .. names.Select((name, index) => new Figure(
                name, unit, [.. server.Select(run => run[index])], [.. floor.Select(run => run[index])])),
        ];
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Floor.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
