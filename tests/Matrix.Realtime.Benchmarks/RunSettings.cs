using Matrix.Realtime.Benchmarks.Servers;

namespace Matrix.Realtime.Benchmarks;

/// <summary>How often and how long is measured: one run of closed loops, and of watching idle polls.</summary>
internal sealed record RunSettings(IReadOnlyList<DatabaseKind> Databases, TimeSpan Duration, TimeSpan Idle, int Runs)
{
    /// <summary>A cold server or floor reads half of a warm one.</summary>
    public static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(4);

    public static RunSettings Parse(IConfiguration arguments) => new(
        arguments.GetValue<DatabaseKind?>("database") is { } database ? [database] : Enum.GetValues<DatabaseKind>(),
        TimeSpan.FromSeconds(arguments.GetValue("seconds", 8.0)),
        TimeSpan.FromSeconds(arguments.GetValue("idle-seconds", 60.0)),
        arguments.GetValue("runs", 3));
}
