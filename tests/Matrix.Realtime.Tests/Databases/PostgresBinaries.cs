using System.ComponentModel;
using System.Diagnostics;

namespace Matrix.Realtime.Tests.Databases;

/// <summary>Looks for PostgreSQL's server on this machine.</summary>
internal static class PostgresBinaries
{
    /// <summary>Where initdb and pg_ctl are; <see langword="null"/> when the server is not installed.</summary>
    public static string? Folder { get; } = Candidates().FirstOrDefault(
        folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "pg_ctl")));

    private static IEnumerable<string> Candidates() =>
    [
        .. ByPgConfig(),
        .. ByDebian().OrderByDescending(folder => folder, StringComparer.Ordinal),
        .. Environment.GetEnvironmentVariable("PATH")?.Split(Path.PathSeparator) ?? [],
    ];

    private static IEnumerable<string> ByDebian()
    {
        const string Versions = "/usr/lib/postgresql";
        return Directory.Exists(Versions)
            ? Directory.GetDirectories(Versions).Select(version => Path.Combine(version, "bin"))
            : [];
    }

    private static IEnumerable<string> ByPgConfig()
    {
        try
        {
            using var process = Process.Start(
                new ProcessStartInfo("pg_config", ["--bindir"]) { RedirectStandardOutput = true });
            return [process!.StandardOutput.ReadToEnd().Trim()];
        }
        catch (Win32Exception)
        {
            return [];
        }
    }
}
