namespace Matrix.Realtime.Tests.Http;

/// <summary>What carries a test's requests. The two differ in what they make of a request's path.</summary>
public enum Transport
{
    /// <summary>The in-memory server.</summary>
    Memory,

    /// <summary>The real server on a port of the loopback interface.</summary>
    Kestrel,
}
