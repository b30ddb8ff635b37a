namespace Matrix.Realtime.Tests.UnreadCounts;

/// <summary>
/// Something that one of three users does. Events are meant by how many came after them, so that a step keeps a
/// meaning when others are taken away.
/// </summary>
internal abstract record CountStep
{
    public abstract Task RunAsync(CountWorld world);

    internal sealed record Say(int By, Said What, int Of, string? Relation, int To) : CountStep
    {
        public override Task RunAsync(CountWorld world) => world.SayAsync(this);
    }

    /// <summary>More at once than live state holds of a room.</summary>
    internal sealed record Flood(int By) : CountStep
    {
        public override async Task RunAsync(CountWorld world)
        {
            for (var sent = 0; sent < 70; sent++)
            {
                await world.SayAsync(new(By, Said.Plain, By, Relation: null, To: 0));
            }
        }
    }

    internal sealed record Redact(int By, int Event) : CountStep
    {
        public override Task RunAsync(CountWorld world) => world.RedactAsync(By, Event);
    }

    internal sealed record Read(int By, int Event, string Type, ReadScope Scope) : CountStep
    {
        public override Task RunAsync(CountWorld world) => world.ReadAsync(this);
    }

    internal sealed record ChangeRule(int By, RuleOf Rule) : CountStep
    {
        public override Task RunAsync(CountWorld world) => world.ChangeRuleAsync(By, Rule);
    }

    internal sealed record Ignore(int By, int Of) : CountStep
    {
        public override Task RunAsync(CountWorld world) => world.IgnoreAsync(By, Of);
    }

    internal sealed record ComeOrGo(int By) : CountStep
    {
        public override Task RunAsync(CountWorld world) => world.ComeOrGoAsync(By);
    }

    internal sealed record Sync(int By, int Device, bool ByThread) : CountStep
    {
        public override Task RunAsync(CountWorld world) => world.SyncAsync(By, Device, ByThread);
    }

    internal sealed record Evict : CountStep
    {
        public override Task RunAsync(CountWorld world) => world.EvictAsync();
    }
}
