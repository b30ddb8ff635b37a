using System.Collections.Frozen;
using System.Text.Json;
using Matrix.Realtime.Errors;
using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.Filters;

/// <summary>Reads one object of a filter definition, strictly. Members it is not asked for may be anything.</summary>
internal readonly struct FilterSection
{
    private readonly JsonElement _element;
    private readonly string _path;

    /// <param name="element">The object.</param>
    /// <param name="path">Where it stands, for error messages.</param>
    public FilterSection(JsonElement element, string path)
    {
        _element = element;
        _path = path;
        Require(element.ValueKind == JsonValueKind.Object, path, "an object");
    }

    public FilterSection? Section(string name) => Find(name) is { } value ? new FilterSection(value, Path(name)) : null;

    public bool Boolean(string name) => OptionalBoolean(name) ?? false;

    public bool? OptionalBoolean(string name)
    {
        var value = Find(name);
        Require(value?.ValueKind is null or JsonValueKind.True or JsonValueKind.False, Path(name), "a boolean");
        return value?.GetBoolean();
    }

    /// <summary>A number of events. Limits beyond what can be counted are the greatest that can.</summary>
    public int? Limit(string name)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        long limit = -1;
        Require(
            value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out limit) && limit >= 0,
            Path(name),
            "a positive integer");
        return (int)Math.Min(limit, int.MaxValue);
    }

    public string? Text(string name)
    {
        var value = Find(name);
        Require(value?.ValueKind is null or JsonValueKind.String, Path(name), "a string");
        return value?.GetString();
    }

    public IReadOnlyList<string>? Texts(string name)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        Require(
            value.ValueKind == JsonValueKind.Array
            && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String),
            Path(name),
            "a list of strings");
        return [.. value.EnumerateArray().Select(item => item.GetString()!)];
    }

    public TypeSet? Types(string name) => Texts(name) is { } types ? new TypeSet(types) : null;

    /// <summary>The selection by a list of identifiers and its counterpart, named with <c>not_</c> before it.</summary>
    public IdSelection<T> Selection<T>(string name)
        where T : struct, IMatrixIdentifier<T>
    {
        var only = Identifiers<T>(name);
        var except = Identifiers<T>($"not_{name}");
        return only is null && except is null ? IdSelection<T>.All : new IdSelection<T>(only, except ?? []);
    }

    /// <summary>Refuses the definition unless a condition holds.</summary>
    public void Require(bool condition, string name, string expected)
    {
        if (!condition)
        {
            throw MatrixException.BadJson(
                name.Length == 0 ? $"A filter must be {expected}." : $"In the filter, '{name}' must be {expected}.");
        }
    }

    private FrozenSet<T>? Identifiers<T>(string name)
        where T : struct, IMatrixIdentifier<T>
    {
        if (Texts(name) is not { } texts)
        {
            return null;
        }

        var identifiers = new HashSet<T>();
        foreach (var text in texts)
        {
            Require(T.TryParse(text, out var identifier), Path(name), $"a list of identifiers, each a {typeof(T).Name}");
            identifiers.Add(identifier);
        }

        return identifiers.ToFrozenSet();
    }

    private JsonElement? Find(string name) => _element.TryGetProperty(name, out var value) ? value : null;

    private string Path(string name) => _path.Length == 0 ? name : $"{_path}.{name}";
}
