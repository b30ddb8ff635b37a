using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Matrix.Realtime.Tests.Http;

/// <summary>Sends request targets that an HttpClient would tidy up first.</summary>
internal static class RawHttp
{
    /// <summary>Sends a GET with exactly this target and returns the whole answer as text.</summary>
    public static async Task<string> GetAsync(int port, string target)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port);
        await using var stream = client.GetStream();
        var request = $"GET {target} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
            + $"Authorization: Bearer {KnownTokens.Alice}\r\nConnection: close\r\n\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request));
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return await reader.ReadToEndAsync();
    }
}
