using System.Data.Common;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Matrix.Realtime.Tests.Databases;

namespace Matrix.Realtime.Tests.Sync;

/// <summary>Answers too large to be held whole are read and sent room by room.</summary>
public sealed class SyncStreamingTests
{
    private const int Rooms = 4;

    // SYN-5
    [Theory]
    [AllDatabases]
    public async Task FirstSync_OfMuch_IsSentBeforeAllOfItIsRead_AsOfOnePosition(DatabaseKind kind)
    {
        var gate = new CommandGate();
        await using var ground = await SyncGround.StartAsync(kind, new() { Listens = true, Services = gate.AttachTo });
        var alice = await ground.RegisterAsync("alice");
        var rooms = await CreateLargeRoomsAsync(alice);
        var whole = await alice.PollAsync();
        HoldLastRoom(ground, gate);

        using var answer = await alice.OpenAsync("sync");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var body = await answer.Content.ReadAsStreamAsync();
        var begin = new byte[4096];
        await body.ReadExactlyAsync(begin);
        await gate.Reached;
        await alice.SetAccountDataAsync("org.example.later", []);
        var sending = rooms.ConvertAll(room => alice.SendAsync(room, "later"));
        gate.Open();
        var text = Encoding.UTF8.GetString(begin) + await new StreamReader(body, Encoding.UTF8).ReadToEndAsync();
        var streamed = JsonNode.Parse(text)!.AsObject();
        var missed = await Task.WhenAll(sending);
        var next = await alice.PollAsync(streamed.NextBatch());

        SyncShape.Check(streamed);
        Assert.Equal(whole.NextBatch(), streamed.NextBatch());
        foreach (var (room, later) in rooms.Zip(missed))
        {
            Assert.Equal(whole.Joined(room).Timeline().Ids(), streamed.Joined(room).Timeline().Ids());
            Assert.Equal(whole.Joined(room).State().Ids(), streamed.Joined(room).State().Ids());
            Assert.Equal([later], next.Joined(room).Timeline().Ids());
        }
    }

    // An error after the beginning cannot be told any more; half an answer must not pass for a whole one.
    [Theory]
    [AllDatabases]
    public async Task FirstSync_ThatFailsHalfway_IsCutOff(DatabaseKind kind)
    {
        var gate = new CommandGate();
        await using var ground = await SyncGround.StartAsync(
            kind, new() { Listens = true, Services = gate.AttachTo, ExpectsFailures = true });
        var alice = await ground.RegisterAsync("alice");
        await CreateLargeRoomsAsync(alice);
        HoldLastRoom(ground, gate);

        using var answer = await alice.OpenAsync("sync");
        await gate.Reached;
        gate.Break();

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await Assert.ThrowsAnyAsync<Exception>(() => answer.Content.ReadAsStringAsync());
    }

    // SYN-2
    [Theory]
    [AllDatabases]
    public async Task FirstSync_ThatFailsAtOnce_IsAnsweredWithAnError(DatabaseKind kind)
    {
        var gate = new CommandGate();
        await using var ground = await SyncGround.StartAsync(
            kind, new() { Services = gate.AttachTo, ExpectsFailures = true });
        var alice = await ground.RegisterAsync("alice");
        await CreateLargeRoomsAsync(alice);
        ground.Live.EvictAll();
        gate.Close(_ => true);
        gate.Break();

        await alice.GetAsync("sync").ExpectErrorAsync(HttpStatusCode.InternalServerError, "M_UNKNOWN");
    }

    private static async Task<List<string>> CreateLargeRoomsAsync(MatrixClient user)
    {
        List<string> rooms = [];
        for (var number = 0; number < Rooms; number++)
        {
            rooms.Add(await user.CreateRoomAsync());
            for (var message = 0; message < 10; message++)
            {
                await user.SendAsync(rooms[number], new string((char)('a' + message), 12_000));
            }
        }

        return rooms;
    }

    /// <summary>Of the rooms that have to be read, lets all but one through.</summary>
    private static void HoldLastRoom(SyncGround ground, CommandGate gate)
    {
        ground.Live.EvictAll();
        var read = new HashSet<string>();
        gate.Close(command =>
        {
            read.UnionWith(command.Parameters.Cast<DbParameter>()
                .Select(parameter => parameter.Value).OfType<string>().Where(text => text.StartsWith('!')));
            return read.Count == Rooms;
        });
    }
}
