using System.Collections.Concurrent;
using Matrix.Realtime.Errors;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Matrix.Realtime.Streams;

/// <summary>What a text column can hold on every database: anything but the character U+0000.</summary>
internal static class RowText
{
    private static readonly ConcurrentDictionary<(IModel Model, Type Row), IClrPropertyGetter[]> Texts = new();

    /// <exception cref="MatrixException">400: a text of the row holds U+0000.</exception>
    public static void RequireStorable(IModel model, object row)
    {
        var texts = Texts.GetOrAdd((model, row.GetType()), static key => Find(key.Model, key.Row));
        foreach (var text in texts)
        {
            if (text.GetClrValue(row) is string value && value.Contains('\0'))
            {
                throw MatrixException.InvalidParam("A text must not hold the character U+0000.");
            }
        }
    }

    private static IClrPropertyGetter[] Find(IModel model, Type row)
    {
        var entity = model.FindEntityType(row) ?? throw new InvalidOperationException($"{row.Name} is not an entity.");
        return [.. entity.GetProperties()
            .Where(property => property.ClrType == typeof(string)).Select(property => property.GetGetter())];
    }
}
