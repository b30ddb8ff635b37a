using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Matrix.Realtime.Tests;

/// <summary>How a test wants its server.</summary>
internal sealed record RealtimeApplicationOptions
{
    /// <summary>The server's clock; the system's unless given.</summary>
    public FakeTimeProvider? Time { get; init; }

    /// <summary>Settings by their full name, such as <c>Matrix:Typing:EndOnMessage</c>.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; init; } = new Dictionary<string, string?>();

    /// <summary>Changes the server's services, after everything else has been added.</summary>
    public Action<IServiceCollection>? Services { get; init; }

    /// <summary>Whether to listen on a port of the loopback interface instead of answering in memory.</summary>
    public bool Listens { get; init; }

    /// <summary>
    /// Whether the test makes the server fail. Otherwise a failure in the server's log fails the test.
    /// </summary>
    public bool ExpectsFailures { get; init; }

    public string Environment { get; init; } = "Development";
}
