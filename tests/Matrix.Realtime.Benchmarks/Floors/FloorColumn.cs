using NpgsqlTypes;

namespace Matrix.Realtime.Benchmarks.Floors;

/// <summary>A column whose type has one name in both databases.</summary>
internal sealed record FloorColumn(string Name, string Type, NpgsqlDbType DbType)
{
    public static FloorColumn Text(string name) => new(name, "text", NpgsqlDbType.Text);

    public static FloorColumn Number(string name) => new(name, "bigint", NpgsqlDbType.Bigint);

    public static FloorColumn Flag(string name) => new(name, "boolean", NpgsqlDbType.Boolean);

    public static FloorColumn Bytes(string name) => new(name, "bytea", NpgsqlDbType.Bytea);

    /// <summary>The values of the column, of which PostgreSQL wants to know the type.</summary>
    public Array ToArray(IEnumerable<object> values) => DbType switch
    {
        NpgsqlDbType.Text => values.Cast<string>().ToArray(),
        NpgsqlDbType.Bigint => values.Cast<long>().ToArray(),
        NpgsqlDbType.Boolean => values.Cast<bool>().ToArray(),
        _ => values.Cast<byte[]>().ToArray(),
    };
}
