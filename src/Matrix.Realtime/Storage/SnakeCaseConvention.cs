using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Metadata.Conventions;

namespace Matrix.Realtime.Storage;

/// <summary>Names columns, keys and indexes in snake_case, unless a configuration names them itself.</summary>
internal sealed class SnakeCaseConvention : IModelFinalizingConvention
{
    public void ProcessModelFinalizing(
        IConventionModelBuilder modelBuilder,
        IConventionContext<IConventionModelBuilder> context)
    {
        foreach (var entity in modelBuilder.Metadata.GetEntityTypes())
        {
            foreach (var property in entity.GetDeclaredProperties())
            {
                property.Builder.HasColumnName(JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name));
            }
        }

        foreach (var entity in modelBuilder.Metadata.GetEntityTypes())
        {
            NameConstraints(entity);
        }
    }

    // After all columns have their names, because the default names of constraints are made of them.
    private static void NameConstraints(IConventionEntityType entity)
    {
        foreach (var key in entity.GetDeclaredKeys())
        {
            key.Builder.HasName(key.GetName()?.ToLowerInvariant());
        }

        foreach (var index in entity.GetDeclaredIndexes())
        {
            index.Builder.HasDatabaseName(index.GetDatabaseName()?.ToLowerInvariant());
        }

        foreach (var foreignKey in entity.GetDeclaredForeignKeys())
        {
            foreignKey.Builder.HasConstraintName(foreignKey.GetConstraintName()?.ToLowerInvariant());
        }
    }
}
