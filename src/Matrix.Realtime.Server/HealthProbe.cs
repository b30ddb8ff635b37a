namespace Matrix.Realtime.Server;

/// <summary>
/// Lets the program ask a running server how it is (<c>--check-health URL</c>), since its container image holds no
/// other program that could.
/// </summary>
internal static class HealthProbe
{
    private const string Argument = "--check-health";
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    public static bool IsWanted(string[] args) => args is [Argument, _];

    /// <summary>The exit code: 0 when the address answers with success.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        using var client = new HttpClient { Timeout = Timeout };
        try
        {
            using var response = await client.GetAsync(new Uri(args[1]));
            return response.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            return 1;
        }
    }
}
