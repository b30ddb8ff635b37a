namespace Matrix.Realtime.Storage;

/// <summary>A column of an entity's table, and how its value is read from an entity.</summary>
/// <param name="Name">The name, delimited for SQL.</param>
/// <param name="StoreType">The type, as the database calls it.</param>
/// <param name="IsKey">Whether it is part of the primary key.</param>
internal abstract record RowColumn(string Name, string StoreType, bool IsKey)
{
    /// <summary>The value that the database stores for one entity.</summary>
    public abstract object? Read(object row);

    /// <summary>The values for several entities, in an array of their own type.</summary>
    public abstract Array ReadAll(List<object> rows);
}
