using System.Text.Json.Serialization;

namespace Matrix.Realtime.Discovery;

/// <summary>Where a client that knows only the server's name finds its homeserver.</summary>
internal sealed record WellKnownResponse
{
    [JsonPropertyName("m.homeserver")]
    public required HomeserverInformation Homeserver { get; init; }

    public static WellKnownResponse For(string baseUrl) => new() { Homeserver = new(baseUrl) };

    /// <summary>The address, without a slash at its end.</summary>
    internal sealed record HomeserverInformation([property: JsonPropertyName("base_url")] string BaseUrl);
}
