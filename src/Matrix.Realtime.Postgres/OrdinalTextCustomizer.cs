using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace Matrix.Realtime.Postgres;

/// <summary>
/// Compares all text by its bytes, as SQLite does and as identifiers demand, whatever the database's own collation is.
/// </summary>
internal sealed class OrdinalTextCustomizer(ModelCustomizerDependencies dependencies)
    : RelationalModelCustomizer(dependencies)
{
    public override void Customize(ModelBuilder modelBuilder, DbContext context)
    {
        base.Customize(modelBuilder, context);
        var types = context.GetService<IRelationalTypeMappingSource>();
        foreach (var property in modelBuilder.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties()))
        {
            if (property.GetCollation() is null && IsText(property, types))
            {
                property.SetCollation("C");
            }
        }
    }

    private static bool IsText(IMutableProperty property, IRelationalTypeMappingSource types) =>
        types.FindMapping((IProperty)property) is { StoreTypeNameBase: "text" or "character varying" };
}
