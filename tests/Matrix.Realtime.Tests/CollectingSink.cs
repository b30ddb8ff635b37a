using System.Collections.Concurrent;
using Serilog.Core;
using Serilog.Events;

namespace Matrix.Realtime.Tests;

/// <summary>Keeps what the server logged.</summary>
internal sealed class CollectingSink : ILogEventSink
{
    private readonly ConcurrentQueue<LogEvent> _entries = [];

    public IReadOnlyCollection<LogEvent> Entries => _entries;

    /// <summary>What the server itself reported as its own failure.</summary>
    public IEnumerable<string> Failures =>
        from entry in _entries
        where entry.Level >= LogEventLevel.Error
            && entry.Properties.TryGetValue(Constants.SourceContextPropertyName, out var source)
            && source.ToString("l", null).StartsWith("Matrix.Realtime", StringComparison.Ordinal)
        select $"{entry.RenderMessage()}\n{entry.Exception}";

    public void Emit(LogEvent logEvent) => _entries.Enqueue(logEvent);
}
