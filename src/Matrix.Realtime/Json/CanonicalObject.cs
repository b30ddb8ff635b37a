using System.Buffers;
using System.Text.Json;
using Matrix.Realtime.Errors;

namespace Matrix.Realtime.Json;

/// <summary>A JSON object whose members are canonical bytes, so that members can be set and dropped cheaply.</summary>
internal sealed class CanonicalObject
{
    private readonly SortedList<string, ReadOnlyMemory<byte>> _members = new(CodePointComparer.Instance);

    public CanonicalObject()
    {
    }

    /// <summary>Takes over a JSON object's members, the last one where a key is repeated.</summary>
    /// <exception cref="MatrixException">It is not an object, or canonical JSON forbids something in it.</exception>
    public CanonicalObject(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            throw MatrixException.BadJson("A JSON object is expected.");
        }

        foreach (var (name, member) in CanonicalJson.Members(value))
        {
            _members[name] = CanonicalJson.Serialize(member);
        }
    }

    private CanonicalObject(IDictionary<string, ReadOnlyMemory<byte>> members) =>
        _members = new(members, CodePointComparer.Instance);

    public bool TryGet(string name, out ReadOnlyMemory<byte> canonicalValue) =>
        _members.TryGetValue(name, out canonicalValue);

    public void Set(string name, ReadOnlyMemory<byte> canonicalValue) => _members[name] = canonicalValue;

    public void Set(string name, string value) => Set(name, Encode(output => JsonText.WriteString(output, value)));

    public void Set(string name, long value) => Set(name, Encode(output => JsonText.WriteNumber(output, value)));

    public void Set(string name, IEnumerable<string> values) => Set(name, Encode(output =>
    {
        output.Write("["u8);
        var separator = ""u8;
        foreach (var value in values)
        {
            output.Write(separator);
            JsonText.WriteString(output, value);
            separator = ","u8;
        }

        output.Write("]"u8);
    }));

    /// <summary>Takes over all members of another object, replacing those of the same name.</summary>
    public void SetAll(CanonicalObject other)
    {
        foreach (var (name, value) in other._members)
        {
            _members[name] = value;
        }
    }

    /// <summary>A copy that holds only the named members.</summary>
    public CanonicalObject Only(IReadOnlySet<string> names) => Where(names.Contains);

    /// <summary>A copy without the named members.</summary>
    public CanonicalObject Without(params IReadOnlyCollection<string> names) => Where(name => !names.Contains(name));

    /// <summary>The canonical encoding of the whole object.</summary>
    public byte[] ToBytes() => Encode(output =>
    {
        output.Write("{"u8);
        var separator = ""u8;
        foreach (var (name, value) in _members)
        {
            output.Write(separator);
            JsonText.WriteString(output, name);
            output.Write(":"u8);
            output.Write(value.Span);
            separator = ","u8;
        }

        output.Write("}"u8);
    });

    private static byte[] Encode(Action<ArrayBufferWriter<byte>> write)
    {
        var output = new ArrayBufferWriter<byte>();
        write(output);
        return output.WrittenSpan.ToArray();
    }

    private CanonicalObject Where(Func<string, bool> keep) =>
        new(_members.Where(member => keep(member.Key)).ToDictionary());
}
