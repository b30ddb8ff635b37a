using Matrix.Realtime.Benchmarks;
using Matrix.Realtime.Benchmarks.Floors;
using Matrix.Realtime.Benchmarks.Scenarios;

var scenarios = new Dictionary<string, Func<Stage, Task<IReadOnlyList<Figure>>>>
{
    ["typing"] = WriteScenarios.TypingAsync,
    ["send"] = WriteScenarios.SendAsync,
    ["account-data"] = WriteScenarios.AccountDataAsync,
    ["presence"] = WriteScenarios.PresenceAsync,
    ["receipts"] = WriteScenarios.ReceiptsAsync,
    ["to-device"] = ToDeviceScenario.RunAsync,
    ["send-big"] = SendBigScenario.RunAsync,
    ["big-room"] = BigRoomScenario.RunAsync,
    ["fanout"] = FanoutScenario.RunAsync,
    ["sync-noop"] = SyncNoopScenario.RunAsync,
    ["sync-one-room"] = SyncOneRoomScenario.RunAsync,
    ["sync-initial"] = SyncInitialScenario.RunAsync,
    ["idle-polls"] = IdlePollsScenario.RunAsync,
    ["presence-idle"] = PresenceIdleScenario.RunAsync,
    ["presence-storm"] = PresenceStormScenario.RunAsync,
};

var verb = args.FirstOrDefault();
if (verb == "floor")
{
    await FloorServer.RunAsync(args[1..]);
    return 0;
}

if (verb is null || (verb != "all" && !scenarios.ContainsKey(verb)))
{
    Console.Error.WriteLine(
        $"""
        usage: {string.Join(" | ", scenarios.Keys)} | all
          --database Sqlite | Postgres   both unless given
          --seconds 8                    how long each run lasts
          --idle-seconds 60              how long idle polls are watched
          --runs 3                       how many runs, of which the medians are told
        """);
    return 1;
}

var settings = RunSettings.Parse(new ConfigurationBuilder().AddCommandLine(args[1..]).Build());
foreach (var database in settings.Databases)
{
    Console.WriteLine($"\n{database}, {Environment.ProcessorCount} processors, runs of {settings.Duration.TotalSeconds:0} s\n");
    Console.WriteLine(Figure.TableHead);
    foreach (var (name, run) in scenarios)
    {
        if (verb == name || verb == "all")
        {
            await using var stage = await Stage.OpenAsync(settings, database);
            foreach (var figure in await run(stage))
            {
                Console.WriteLine(figure.ToRow());
            }
        }
    }
}

return 0;
