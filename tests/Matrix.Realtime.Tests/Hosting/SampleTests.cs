using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Matrix.Realtime.Tests.Hosting;

/// <summary>
/// The sample, an application of its own that holds the homeserver and a bot, run as its users would.
/// </summary>
public sealed partial class SampleTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Bot_InvitedAndSomebodyTypes_Answers()
    {
        var folder = Directory.CreateTempSubdirectory("matrix-sample-");
        using var process = Start(folder.FullName);
        try
        {
            using var patience = new CancellationTokenSource(Patience);
            using var http = new HttpClient { BaseAddress = await AddressAsync(process, patience.Token) };
            Assert.Contains("Matrix", await http.GetStringAsync("/", patience.Token), StringComparison.Ordinal);
            var alice = await new MatrixClient(http).RegisterAsync("alice");
            var room = await alice.CreateRoomAsync(new JsonObject { ["invite"] = new JsonArray("@bot:localhost") });
            await WaitForAsync(alice, room, added =>
                (string)added["type"]! == "m.room.member"
                && (string)added["sender"]! == "@bot:localhost", patience.Token);

            await alice.TypeAsync(room);

            var answer = await WaitForAsync(
                alice, room, added => (string)added["type"]! == "m.room.message", patience.Token);
            Assert.Equal("@bot:localhost", (string)answer["sender"]!);
            Assert.Contains(alice.UserId, (string)answer["content"]!["body"]!, StringComparison.Ordinal);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            folder.Delete(recursive: true);
        }
    }

    private static Process Start(string folder)
    {
        // Both projects are built at once, into folders of the same form.
        var binaries = AppContext.BaseDirectory.Replace("Matrix.Realtime.Tests", "Matrix.Realtime.Sample");
        var program = Path.Combine(binaries, "Matrix.Realtime.Sample.dll");
        return Process.Start(new ProcessStartInfo("dotnet", [program, "--urls", "http://127.0.0.1:0"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            Environment =
            {
                ["ASPNETCORE_ENVIRONMENT"] = "Development",
                ["ConnectionStrings__Matrix"] = $"Data Source={Path.Combine(folder, "sample.db")}",
            },
        })!;
    }

    private static async Task<Uri> AddressAsync(Process process, CancellationToken cancellationToken)
    {
        var said = "";
        while (await process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            said += line + '\n';
            if (Listening().Match(line) is { Success: true } match)
            {
                // What it says later must not fill the pipe.
                _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
                return new Uri(match.Groups["address"].Value);
            }
        }

        throw new InvalidOperationException($"The sample ended before it listened:\n{said}");
    }

    private static async Task<JsonNode> WaitForAsync(
        MatrixClient user, string room, Func<JsonNode, bool> isWanted, CancellationToken cancellationToken)
    {
        string? since = null;
        while (true)
        {
            var answer = await user.SyncAsync(since, timeout: 30_000, cancellationToken: cancellationToken);
            since = (string)answer["next_batch"]!;
            var timeline = answer["rooms"]?["join"]?[room]?["timeline"]?["events"]?.AsArray();
            if (timeline?.OfType<JsonNode>().FirstOrDefault(isWanted) is { } found)
            {
                return found;
            }
        }
    }

    [GeneratedRegex(@"Now listening on: (?<address>http://\S+)")]
    private static partial Regex Listening();
}
