using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.Streams;

/// <summary>How a batch moves the head of the stream.</summary>
/// <param name="Expected">The position that the batch was evaluated against, where the head must still be.</param>
/// <param name="Head">The last position of the batch.</param>
/// <param name="Writer">The process that writes.</param>
/// <param name="Batch">The writer's number for the batch, never repeated.</param>
/// <param name="Durable">Whether to wait until the disk has it.</param>
internal sealed record BatchHeader(StreamPosition Expected, StreamPosition Head, Guid Writer, long Batch, bool Durable);
