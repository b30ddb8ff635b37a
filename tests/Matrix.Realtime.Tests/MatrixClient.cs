using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Matrix.Realtime.Tests;

/// <summary>
/// A client that speaks raw JSON, so that a changed wire name fails. Paths without a leading slash stand below
/// <c>/_matrix/client/v3/</c>; what they hold is the caller's to escape.
/// </summary>
internal sealed partial class MatrixClient(HttpClient http, string? accessToken = null)
{
    public string AccessToken => accessToken ?? throw new InvalidOperationException("This client has not logged in.");

    /// <summary>The user, as the server named it at login.</summary>
    public string UserId { get; private init; } = "";

    /// <summary>The device, as the server named it at login.</summary>
    public string DeviceId { get; private init; } = "";

    /// <summary>The same device of the same user, on the server that this client speaks to.</summary>
    public MatrixClient As(MatrixClient user) => new(http, user.AccessToken)
    {
        UserId = user.UserId,
        DeviceId = user.DeviceId,
    };

    public MatrixClient WithToken(string token) => new(http, token);

    /// <summary>A client that goes on as the other one's device.</summary>
    public MatrixClient WithSessionOf(MatrixClient other) => new(http, other.AccessToken)
    {
        UserId = other.UserId,
        DeviceId = other.DeviceId,
        _transactions = other._transactions,
    };

    public Task<MatrixResponse> GetAsync(string path, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Get, path, null, cancellationToken);

    public Task<MatrixResponse> PutAsync(string path, JsonNode body, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Put, path, JsonContent(body.ToJsonString()), cancellationToken);

    public Task<MatrixResponse> PostAsync(string path, JsonNode body, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Post, path, JsonContent(body.ToJsonString()), cancellationToken);

    public Task<MatrixResponse> PostAsync(string path) => SendAsync(HttpMethod.Post, path, null);

    public Task<MatrixResponse> DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path, null);

    /// <summary>Sends any content, or none, by any method.</summary>
    public async Task<MatrixResponse> SendAsync(
        HttpMethod method,
        string path,
        HttpContent? content,
        CancellationToken cancellationToken = default)
    {
        using var request = Request(method, path);
        request.Content = content;
        using var response = await http.SendAsync(request, cancellationToken);
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        return new MatrixResponse(response.StatusCode, response.Headers, response.Content.Headers.ContentType, text);
    }

    /// <summary>Sends a request whose answer goes on; the caller reads it, and hangs up by disposing it.</summary>
    public async Task<HttpResponseMessage> OpenAsync(string path, params (string Name, string Value)[] headers)
    {
        using var request = Request(HttpMethod.Get, path);
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    public static StringContent JsonContent(string json) => new(json, Encoding.UTF8, "application/json");

    private HttpRequestMessage Request(HttpMethod method, string path)
    {
        var request = new HttpRequestMessage(method, path.StartsWith('/') ? path : $"/_matrix/client/v3/{path}");
        if (accessToken is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", accessToken);
        }

        return request;
    }
}
