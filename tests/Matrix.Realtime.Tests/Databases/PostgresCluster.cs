using System.Diagnostics;

namespace Matrix.Realtime.Tests.Databases;

/// <summary>A throwaway cluster that listens on a socket in its own folder only.</summary>
/// <remarks>
/// A shell stands between: it ends the cluster and removes the folder as soon as its standard input closes, which
/// happens when this process ends in whatever way.
/// </remarks>
internal static class PostgresCluster
{
    private const string Ready = "ready";

    // The signals of a terminal reach the shell as well; it must live on to clean up.
    private const string Script =
        """
        trap '' INT TERM HUP
        {
            "$1/initdb" -D "$2/data" -U matrix -A trust -E UTF8 --no-locale --no-sync &&
            "$1/pg_ctl" start -w -D "$2/data" -l "$2/server.log" -o "$3 -c listen_addresses='' -k '$2'"
        } >"$2/start.log" 2>&1 && echo ready || cat "$2/start.log" "$2/server.log"
        cat >/dev/null
        "$1/pg_ctl" stop -D "$2/data" -m immediate >/dev/null 2>&1
        rm -rf "$2"
        """;

    // Held, because a process that is collected as garbage closes the input.
    private static Process? _shell;

    public static async Task<string> StartAsync(string binaries, string settings)
    {
        var folder = Directory.CreateTempSubdirectory("matrix-pg-").FullName;
        var start = new ProcessStartInfo
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        string[] command = [.. await OtherUserAsync(folder), "sh", "-c", Script, "sh", binaries, folder, settings];
        start.FileName = command[0];
        foreach (var argument in command.Skip(1))
        {
            start.ArgumentList.Add(argument);
        }

        _shell = Process.Start(start)!;
        if (await _shell.StandardOutput.ReadLineAsync() is not Ready and var line)
        {
            _shell.StandardInput.Close();
            throw new InvalidOperationException(
                $"PostgreSQL did not start: {line} {await _shell.StandardOutput.ReadToEndAsync()}");
        }

        return $"Host={folder};Username=matrix;Database=postgres";
    }

    // PostgreSQL refuses to run as root, so root hands the folder and the processes to somebody else.
    private static async Task<string[]> OtherUserAsync(string folder)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return [];
        }

        var users = (await File.ReadAllLinesAsync("/etc/passwd")).Select(line => line.Split(':')[0]).ToHashSet();
        var user = users.Contains("postgres") ? "postgres" : "nobody";
        using var chown = Process.Start("chown", [user, folder]);
        await chown.WaitForExitAsync();
        return File.Exists("/usr/sbin/runuser") || File.Exists("/sbin/runuser")
            ? ["runuser", "-u", user, "--"]
            : ["setpriv", $"--reuid={user}", "--clear-groups", "--"];
    }
}
