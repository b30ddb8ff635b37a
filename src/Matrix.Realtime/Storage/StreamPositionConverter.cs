using Matrix.Realtime.Identifiers;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Matrix.Realtime.Storage;

/// <summary>Stores a position as its number.</summary>
internal sealed class StreamPositionConverter() : ValueConverter<StreamPosition, long>(
    position => position.Value, value => new StreamPosition(value));
