namespace Matrix.Realtime.Benchmarks.Servers;

/// <summary>Starts the homeserver, and the floors' server, as processes of their own.</summary>
internal static class ServerUnderTest
{
    public static Task<MeasuredProcess> StartAsync(BenchmarkDatabase database, string folder) => MeasuredProcess.StartAsync(
        "Matrix.Realtime.Server.dll",
        folder,
        "--Matrix:Database:Provider", database.Kind.ToString(),
        "--ConnectionStrings:Matrix", database.ConnectionString,
        "--Matrix:Registration:Enabled", "true",
        "--Serilog:MinimumLevel:Default", "Warning");

    public static Task<MeasuredProcess> StartFloorAsync(BenchmarkDatabase database, string folder) => MeasuredProcess.StartAsync(
        "Matrix.Realtime.Benchmarks.dll",
        folder,
        "floor",
        "--database", database.Kind.ToString(),
        "--connection", database.ConnectionString);
}
