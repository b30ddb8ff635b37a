using Matrix.Realtime.Identifiers;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Matrix.Realtime.Storage;

/// <summary>Stores a position as its number, so that the database orders as the stream does.</summary>
internal sealed class StreamPositionConverter()
    : ValueConverter<StreamPosition, long>(position => position.Value, number => new StreamPosition(number));
