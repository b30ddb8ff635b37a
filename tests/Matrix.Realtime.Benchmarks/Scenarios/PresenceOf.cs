using System.Text;
using Matrix.Realtime.Benchmarks.Load;
using Matrix.Realtime.Benchmarks.Servers;

namespace Matrix.Realtime.Benchmarks.Scenarios;

/// <summary>Looks whether users are in the state that a scenario begins with.</summary>
internal static class PresenceOf
{
    /// <exception cref="InvalidOperationException">Somebody is not.</exception>
    public static async Task ExpectAsync(MeasuredProcess server, IReadOnlyList<Member> members, string state)
    {
        using var connection = await LoadConnection.OpenAsync(server.Port);
        foreach (var member in members)
        {
            var answer = await connection.SendSuccessfullyAsync(MatrixRequests.PresenceOf(member));
            if (answer.Body.Span.IndexOf(Encoding.ASCII.GetBytes($"\"presence\":\"{state}\"")) < 0)
            {
                throw new InvalidOperationException(
                    $"{member.UserId} is not {state}: {Encoding.UTF8.GetString(answer.Body.Span)}");
            }
        }
    }
}
