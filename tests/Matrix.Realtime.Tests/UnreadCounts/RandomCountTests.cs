using FsCheck;
using FsCheck.Fluent;
using Matrix.Realtime.Tests.Databases;
using Matrix.Realtime.Tests.Sync;

namespace Matrix.Realtime.Tests.UnreadCounts;

/// <summary>Whatever three users do, every sync tells what counting from the beginning would.</summary>
public sealed class RandomCountTests
{
    // NOT-1 to NOT-11, NOT-15, NOT-17, NOT-20. A failure prints the seed and the fewest steps that still fail.
    [Theory]
    [AllDatabases]
    public async Task Counts_AfterAnySteps_AreThoseOfCountingAnew(DatabaseKind kind)
    {
        await using var ground = await SyncGround.StartAsync(kind);
        List<MatrixClient[]> users = [];
        foreach (var name in new[] { "alice", "bob", "carol" })
        {
            users.Add([await ground.RegisterAsync(name), await ground.Server.LoginAsync(name)]);
        }

        var property = Prop.ForAll(CountSteps.Arbitrary, steps => RunAsync(ground, users, steps));
        var config = Config.QuickThrowOnFailure.WithMaxTest(kind == DatabaseKind.Sqlite ? 150 : 40);
        await Task.Run(() => Check.One(config, property));
    }

    private static async Task RunAsync(SyncGround ground, List<MatrixClient[]> users, CountSteps steps)
    {
        var world = await CountWorld.CreateAsync(ground.Live, users);
        try
        {
            foreach (var step in steps.Steps)
            {
                await step.RunAsync(world);
            }

            await world.EndAsync();
        }
        finally
        {
            await world.CleanUpAsync();
        }
    }
}
