using System.Net.Sockets;
using System.Text;
using Matrix.Realtime.Benchmarks.Servers;

/// <summary>
/// Runs inside every measured process before its own code: tells the size of the managed heap to whoever connects to the
/// socket that the environment names. The name and the missing namespace are the runtime's rule for startup hooks.
/// </summary>
internal static class StartupHook
{
    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(MeasuredProcess.ProbeVariable) is { } path)
        {
            new Thread(() => Serve(path)) { IsBackground = true }.Start();
        }
    }

    private static void Serve(string path)
    {
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen();
        while (true)
        {
            using var connection = listener.Accept();
            GC.Collect();
            GC.WaitForPendingFinalizers();
            GC.Collect();
            connection.Send(Encoding.ASCII.GetBytes($"{GC.GetTotalMemory(forceFullCollection: true)}"));
        }
    }
}
