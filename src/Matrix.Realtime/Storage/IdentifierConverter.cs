using Matrix.Realtime.Identifiers;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Matrix.Realtime.Storage;

/// <summary>Stores an identifier as its text.</summary>
internal sealed class IdentifierConverter<T>()
    : ValueConverter<T, string>(identifier => identifier.Value, text => IdentifierGrammar.Parse<T>(text))
    where T : struct, IMatrixIdentifier<T>;
