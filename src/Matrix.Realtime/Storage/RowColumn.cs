using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Matrix.Realtime.Storage;

/// <summary>One column of a <see cref="RowTable"/>.</summary>
internal sealed class RowColumn(IProperty property, bool isKey)
{
    private readonly Func<object?, object?>? _convert =
        (property.GetValueConverter() ?? property.FindTypeMapping()?.Converter)?.ConvertToProvider;

    private readonly IClrPropertyGetter _getter = property.GetGetter();

    public IProperty Property { get; } = property;

    /// <summary>The quoted name.</summary>
    public string Name { get; } = RowTable.Quote(property.GetColumnName());

    /// <summary>The database's name of the type, such as <c>bigint</c>.</summary>
    public string StoreType { get; } = property.GetRelationalTypeMapping().StoreType;

    /// <summary>The type of the values that <see cref="Value"/> gives, never nullable.</summary>
    public Type ProviderType { get; } =
        Nullable.GetUnderlyingType(property.GetRelationalTypeMapping().Converter?.ProviderClrType ?? property.ClrType)
        ?? property.GetRelationalTypeMapping().Converter?.ProviderClrType
        ?? property.ClrType;

    public bool IsKey { get; } = isKey;

    /// <summary>The row's value as the database takes it; null for NULL.</summary>
    public object? Value(object row)
    {
        var value = _getter.GetClrValue(row);
        return value is null || _convert is null ? value : _convert(value);
    }
}
