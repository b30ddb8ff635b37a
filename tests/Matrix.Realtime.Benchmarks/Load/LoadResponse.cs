namespace Matrix.Realtime.Benchmarks.Load;

internal readonly record struct LoadResponse(int Status, ReadOnlyMemory<byte> Body);
