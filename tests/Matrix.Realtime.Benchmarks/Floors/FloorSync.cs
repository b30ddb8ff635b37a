using System.Globalization;
using System.IO.Pipelines;
using System.Text;

namespace Matrix.Realtime.Benchmarks.Floors;

/// <summary>Answers to syncs, as long as those of the homeserver, copied from a ready piece.</summary>
internal static class FloorSync
{
    private const string Since = "bytes_";
    private const int SendAfterBytes = 64 * 1024;

    private static readonly byte[] Head = "{\"next_batch\":\"s1869000000000000\",\"rooms\":["u8.ToArray();
    private static readonly byte[] Piece = Encoding.UTF8.GetBytes(FloorEvent.Around("{\"body\":\"\"}") + ",");
    private static readonly byte[] Tail = "null]}"u8.ToArray();

    /// <summary>The token whose answer is so long.</summary>
    public static string SinceFor(int length) => $"{Since}{length}";

    /// <summary>How long the answer to a token is to be; null for other tokens.</summary>
    public static int? LengthOf(string? since) =>
        since?.StartsWith(Since, StringComparison.Ordinal) == true
            ? int.Parse(since.AsSpan(Since.Length), CultureInfo.InvariantCulture)
            : null;

    public static async Task WriteAsync(HttpResponse response, int length)
    {
        response.ContentType = "application/json";
        await response.StartAsync();
        var output = response.BodyWriter;
        var (written, unsent) = (Write(output, Head), 0);
        while (written < length - Piece.Length)
        {
            written += Write(output, Piece);
            unsent += Piece.Length;
            if (unsent > SendAfterBytes)
            {
                await output.FlushAsync();
                unsent = 0;
            }
        }

        Write(output, Tail);
        await output.FlushAsync();
    }

    private static int Write(PipeWriter output, byte[] piece)
    {
        piece.CopyTo(output.GetSpan(piece.Length));
        output.Advance(piece.Length);
        return piece.Length;
    }
}
