using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Matrix.Realtime.Benchmarks.Floors;
using Matrix.Realtime.Benchmarks.Servers;

namespace Matrix.Realtime.Benchmarks.Scenarios;

/// <summary>Users who share a room, on the homeserver or, under made-up names, on the floor.</summary>
internal sealed record Community(string RoomId, IReadOnlyList<Member> Members)
{
    private const string Client = "/_matrix/client/v3";

    private static readonly ParallelOptions ManyAtOnce = new() { MaxDegreeOfParallelism = 32 };

    private static readonly ParallelOptions TwoAtOnce = new() { MaxDegreeOfParallelism = 2 };

    public static Community OnFloor(int users) => new(
        "!0123456789012345678901234567890123456789012",
        [.. Enumerable.Range(0, users).Select(user => new Member(FloorServer.UserOf(user), FloorServer.TokenOf(user)))]);

    /// <summary>Registers users and lets them join a public room of the first of them.</summary>
    public static async Task<Community> CreateAsync(MeasuredProcess server, int users) =>
        await CreateAsync(server, await RegisterAsync(server, users));

    /// <summary>Lets users join a public room of the first of them.</summary>
    public static async Task<Community> CreateAsync(MeasuredProcess server, IReadOnlyList<Member> members)
    {
        using var client = ClientOf(server);
        var room = await CallAsync(
            client, HttpMethod.Post, "/createRoom", members[0].Token, new JsonObject { ["preset"] = "public_chat" });
        var roomId = room.GetProperty("room_id").GetString()!;
        foreach (var member in members.Skip(1))
        {
            await CallAsync(client, HttpMethod.Post, $"/join/{Uri.EscapeDataString(roomId)}", member.Token, []);
        }

        return new(roomId, members);
    }

    public static async Task<IReadOnlyList<Member>> RegisterAsync(MeasuredProcess server, int users)
    {
        using var client = ClientOf(server);
        var members = new Member[users];
        await Parallel.ForAsync(0, users, TwoAtOnce, async (user, _) =>
        {
            var answer = await CallAsync(client, HttpMethod.Post, "/register", token: null, new JsonObject
            {
                ["username"] = $"user{user}",
                ["password"] = "correct horse battery",
                ["auth"] = new JsonObject { ["type"] = "m.login.dummy" },
            });
            members[user] = new(
                answer.GetProperty("user_id").GetString()!, answer.GetProperty("access_token").GetString()!);
        });
        return members;
    }

    /// <summary>Lets the same users share so many rooms, many of which are made at once.</summary>
    public static async Task<IReadOnlyList<Community>> CreateManyAsync(
        MeasuredProcess server, IReadOnlyList<Member> members, int rooms)
    {
        var communities = new Community[rooms];
        await Parallel.ForAsync(0, rooms, ManyAtOnce, async (room, _) =>
            communities[room] = await CreateAsync(server, members));
        return communities;
    }

    private static HttpClient ClientOf(MeasuredProcess server) => new() { BaseAddress = new($"http://127.0.0.1:{server.Port}") };

    private static async Task<JsonElement> CallAsync(
        HttpClient client, HttpMethod method, string path, string? token, JsonObject body)
    {
        using var request = new HttpRequestMessage(method, Client + path) { Content = JsonContent.Create(body) };
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        using var response = await client.SendAsync(request);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }
}
