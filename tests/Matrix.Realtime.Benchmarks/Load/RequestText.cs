using System.Text;

namespace Matrix.Realtime.Benchmarks.Load;

/// <summary>The bytes of HTTP requests.</summary>
internal static class RequestText
{
    public static byte[] Get(string path, string token) => Encoding.UTF8.GetBytes(
        $"GET {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\n\r\n");

    public static byte[] Put(string path, string token, string body) => WithBody("PUT", path, token, body);

    public static byte[] Post(string path, string token, string body) => WithBody("POST", path, token, body);

    private static byte[] WithBody(string method, string path, string token, string body) => Encoding.UTF8.GetBytes(
        $"{method} {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\n"
        + $"Content-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}");
}
