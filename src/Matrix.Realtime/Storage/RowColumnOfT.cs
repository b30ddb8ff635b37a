namespace Matrix.Realtime.Storage;

/// <summary>
/// A column of which the values are stored as <typeparamref name="T"/>, nullable where the column is.
/// </summary>
internal sealed record RowColumn<T>(string Name, string StoreType, bool IsKey, Func<object, T> Getter)
    : RowColumn(Name, StoreType, IsKey)
{
    public override object? Read(object row) => Getter(row);

    public override Array ReadAll(List<object> rows)
    {
        var values = new T[rows.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = Getter(rows[i]);
        }

        return values;
    }
}
