using System.Globalization;

namespace Matrix.Realtime.Benchmarks;

/// <summary>What one scenario measured, run by run, beside its floor.</summary>
internal sealed record Figure(string Name, string Unit, IReadOnlyList<double> Server, IReadOnlyList<double> Floor)
{
    public const string TableHead =
        "| figure | unit | server | floor | server / floor | of the runs |\n|---|---|---:|---:|---:|---|";

    /// <summary>The figure as a row of a table: medians, and the ratios run by run.</summary>
    public string ToRow()
    {
        var ratios = Server.Zip(Floor, (server, floor) => server / floor).ToList();
        return $"| {Name} | {Unit} | {Text(Median(Server))} | {Text(Median(Floor))} | **{Text(Median(ratios))}** | "
            + $"{Text(ratios.Min())} to {Text(ratios.Max())} |";
    }

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }

    // Nothing on both sides, or where the floor has nothing, makes no ratio.
    private static string Text(double value) => !double.IsFinite(value)
        ? "–"
        : value.ToString(value < 100 ? "0.00" : "#,0", CultureInfo.InvariantCulture);
}
