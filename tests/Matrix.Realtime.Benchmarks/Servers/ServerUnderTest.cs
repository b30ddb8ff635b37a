namespace Matrix.Realtime.Benchmarks.Servers;

/// <summary>Starts the homeserver, and the floors' server, as processes of their own.</summary>
internal static class ServerUnderTest
{
    /// <param name="database">Where it keeps its data.</param>
    /// <param name="folder">Where it runs.</param>
    /// <param name="settings">Settings of a scenario's own: name, value, name, value.</param>
    public static Task<MeasuredProcess> StartAsync(BenchmarkDatabase database, string folder, params string[] settings) =>
        MeasuredProcess.StartAsync(
            "Matrix.Realtime.Server.dll",
            folder,
            [
                "--Matrix:Database:Provider", database.Kind.ToString(),
                "--ConnectionStrings:Matrix", database.ConnectionString,
                "--Matrix:Registration:Enabled", "true",
                "--Serilog:MinimumLevel:Default", "Warning",
                .. settings,
            ]);

    public static Task<MeasuredProcess> StartFloorAsync(BenchmarkDatabase database, string folder) => MeasuredProcess.StartAsync(
        "Matrix.Realtime.Benchmarks.dll",
        folder,
        "floor",
        "--database", database.Kind.ToString(),
        "--connection", database.ConnectionString);
}
