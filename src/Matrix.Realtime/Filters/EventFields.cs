using System.Buffers;
using System.Text.Json;
using Matrix.Realtime.Json;

namespace Matrix.Realtime.Filters;

/// <summary>
/// The fields that events need have: the specification's <c>event_fields</c>, as a tree of names. Immutable.
/// </summary>
internal sealed class EventFields
{
    /// <summary>Depth is limited where events are accepted.</summary>
    private static readonly JsonReaderOptions ReaderOptions = new() { MaxDepth = int.MaxValue };

    private readonly Dictionary<string, EventFields> _members = new(StringComparer.Ordinal);
    private bool _isWhole;

    private EventFields()
    {
    }

    /// <summary>How many names there are in the tree.</summary>
    public int NameCount { get; private set; }

    /// <summary>Prepares a list of dot paths. None at all leaves nothing of an event.</summary>
    public static EventFields Parse(IEnumerable<string> paths)
    {
        var root = new EventFields();
        foreach (var path in paths)
        {
            var field = root;
            foreach (var name in PropertyPath.Parse(path))
            {
                if (!field._members.TryGetValue(name, out var member))
                {
                    member = new EventFields();
                    field._members.Add(name, member);
                    root.NameCount++;
                }

                field = member;
            }

            field._isWhole = true;
        }

        return root;
    }

    /// <summary>
    /// Copies what is wanted of an encoded event. Of an object in which something is wanted, at least the braces
    /// remain.
    /// </summary>
    public void Copy(ReadOnlySpan<byte> json, IBufferWriter<byte> output)
    {
        var reader = new Utf8JsonReader(json, ReaderOptions);
        reader.Read();
        CopyObject(ref reader, json, output);
    }

    private void CopyObject(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, IBufferWriter<byte> output)
    {
        output.Write("{"u8);
        var prefix = "\""u8;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.ValueSpan;
            var member = _members.GetValueOrDefault(reader.GetString()!);
            reader.Read();
            if (member is null || (!member._isWhole && reader.TokenType != JsonTokenType.StartObject))
            {
                reader.Skip();
                continue;
            }

            output.Write(prefix);
            output.Write(name);
            output.Write("\":"u8);
            member.CopyValue(ref reader, json, output);
            prefix = ",\""u8;
        }

        output.Write("}"u8);
    }

    private void CopyValue(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, IBufferWriter<byte> output)
    {
        if (!_isWhole)
        {
            CopyObject(ref reader, json, output);
            return;
        }

        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        output.Write(json[start..(int)reader.BytesConsumed]);
    }
}
