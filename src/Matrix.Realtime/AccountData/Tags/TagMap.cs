using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Matrix.Realtime.AccountData.Tags;

/// <summary>
/// The content of <c>m.tag</c>. Clients may write it directly, so it can hold anything: what is no tag is passed over,
/// and what stands beside the tags is kept.
/// </summary>
internal sealed class TagMap
{
    private const string Tags = "tags";

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Dictionary<string, JsonElement> _tags = [];
    private readonly Dictionary<string, JsonElement> _beside = [];

    private TagMap()
    {
    }

    /// <summary>Reads stored content; null when there is none.</summary>
    public static TagMap Parse(byte[]? content)
    {
        var map = new TagMap();
        if (content is null)
        {
            return map;
        }

        foreach (var member in JsonElement.Parse(content).EnumerateObject())
        {
            map._beside[member.Name] = member.Value;
        }

        if (map._beside.Remove(Tags, out var tags) && tags.ValueKind == JsonValueKind.Object)
        {
            foreach (var tag in tags.EnumerateObject().Where(tag => tag.Value.ValueKind == JsonValueKind.Object))
            {
                map._tags[tag.Name] = tag.Value;
            }
        }

        return map;
    }

    public bool Contains(string tag) => _tags.ContainsKey(tag);

    public TagMap With(string tag, JsonElement content)
    {
        _tags[tag] = content;
        return this;
    }

    public TagMap Without(string tag)
    {
        _tags.Remove(tag);
        return this;
    }

    /// <summary>The whole content.</summary>
    public byte[] ToBytes() => Encode(_beside);

    /// <summary>The content without what stands beside the tags.</summary>
    public byte[] TagsOnly() => Encode([]);

    private byte[] Encode(Dictionary<string, JsonElement> beside)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(output, Options))
        {
            json.WriteStartObject();
            json.WriteStartObject(Tags);
            Write(json, _tags);
            json.WriteEndObject();
            Write(json, beside);
            json.WriteEndObject();
        }

        return output.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter json, Dictionary<string, JsonElement> members)
    {
        foreach (var (name, value) in members)
        {
            json.WritePropertyName(name);
            value.WriteTo(json);
        }
    }
}
