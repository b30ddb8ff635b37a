using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Matrix.Realtime.Storage;

/// <summary>
/// Compiles the way from an entity's property through its value converter to what the database stores.
/// </summary>
internal static class RowColumnFactory
{
    public static RowColumn Create(IProperty property, ISqlGenerationHelper sql)
    {
        var member = property.PropertyInfo
            ?? throw new InvalidOperationException($"{property.DeclaringType.DisplayName()}.{property.Name} is no property.");
        var mapping = property.GetRelationalTypeMapping();
        var row = Expression.Parameter(typeof(object), "row");
        Expression value = Expression.Property(Expression.Convert(row, property.DeclaringType.ClrType), member);
        if (mapping.Converter is { } converter)
        {
            value = Convert(value, converter);
        }

        return (RowColumn)Activator.CreateInstance(
            typeof(RowColumn<>).MakeGenericType(value.Type),
            sql.DelimitIdentifier(property.GetColumnName()),
            mapping.StoreType,
            property.IsPrimaryKey(),
            Expression.Lambda(value, row).Compile())!;
    }

    private static Expression Convert(Expression value, ValueConverter converter)
    {
        var nullable = Nullable.GetUnderlyingType(value.Type) is not null;
        var convert = converter.ConvertToProviderExpression;
        if (convert.Parameters[0].Type == value.Type && value.Type.IsValueType)
        {
            return Expression.Invoke(convert, value);
        }

        var given = nullable ? Expression.Property(value, nameof(Nullable<int>.Value)) : value;
        var converted = Expression.Invoke(convert, given);
        var stored = converted.Type.IsValueType && Nullable.GetUnderlyingType(converted.Type) is null
            ? typeof(Nullable<>).MakeGenericType(converted.Type)
            : converted.Type;
        return Expression.Condition(
            Expression.Equal(value, Expression.Constant(null, value.Type)),
            Expression.Default(stored),
            Expression.Convert(converted, stored));
    }
}
