namespace Matrix.Realtime.Tests;

/// <summary>A database of one test's own, gone when it is disposed.</summary>
public abstract class Database : IAsyncDisposable
{
    /// <summary>The provider as the setting <c>Matrix:Database:Provider</c> names it.</summary>
    public abstract string Provider { get; }

    /// <summary>Where it is.</summary>
    public abstract string ConnectionString { get; }

    public abstract ValueTask DisposeAsync();
}
