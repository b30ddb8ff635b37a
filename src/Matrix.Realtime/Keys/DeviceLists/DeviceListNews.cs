using System.Text.Json.Serialization;
using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.Keys.DeviceLists;

/// <summary>Whose devices a client has to look at again, and whose it need not follow any more.</summary>
internal sealed record DeviceListNews(
    [property: JsonPropertyName("changed")] IReadOnlyCollection<UserId> Changed,
    [property: JsonPropertyName("left")] IReadOnlyCollection<UserId> Left)
{
    public static readonly DeviceListNews None = new([], []);

    [JsonIgnore]
    public bool IsEmpty => Changed.Count == 0 && Left.Count == 0;
}
