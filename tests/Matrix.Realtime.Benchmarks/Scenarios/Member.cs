namespace Matrix.Realtime.Benchmarks.Scenarios;

internal sealed record Member(string UserId, string Token);
