using System.Net;
using System.Text.Json.Nodes;

namespace Matrix.Realtime.Tests.Sync;

/// <summary>What a client that syncs again and again makes of the answers, as real ones do.</summary>
internal sealed class ClientPicture(MatrixClient client)
{
    private const string Filter = """{"room":{"timeline":{"limit":5},"include_leave":true}}""";

    private readonly Dictionary<string, RoomPicture> _rooms = [];
    private readonly Dictionary<string, string> _accountData = [];
    private string? _since;

    /// <summary>
    /// Left rooms of which the client has seen neither its joining nor its leaving, only an invite that came
    /// afterwards.
    /// </summary>
    public IReadOnlySet<string> Untold => _rooms
        .Where(room => room.Value.Section == "leave" && !room.Value.State.ContainsKey("m.room.create "))
        .Select(room => room.Key).ToHashSet();

    public async Task SyncAsync()
    {
        var answer = await client.PollAsync(_since, filter: Filter);
        Take(answer, _accountData);
        foreach (var (section, rooms) in answer["rooms"]!.AsObject())
        {
            foreach (var (roomId, room) in rooms!.AsObject())
            {
                await TakeAsync(section, roomId, room!.AsObject());
            }
        }

        _since = answer.NextBatch();
    }

    /// <summary>Everything the client knows, with the history before its first events paged in.</summary>
    /// <param name="untold">Rooms to tell nothing of but the membership.</param>
    public async Task<IReadOnlyList<string>> DescribeAsync(IReadOnlySet<string> untold)
    {
        List<string> lines = [.. Describe("account data", _accountData)];
        foreach (var (roomId, room) in _rooms.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            lines.Add($"{roomId} {room.Section} {room.Own}");
            if (room.Section == "join")
            {
                lines.Add($"{roomId} typing {string.Join(' ', room.Typing.Order(StringComparer.Ordinal))}");
                lines.AddRange(Describe($"{roomId} data", room.AccountData));
            }

            if (room.Section != "invite" && !untold.Contains(roomId))
            {
                // Of comings and goings after they left, a client that was away sees the last only.
                var past = room.PrevBatch is { } from ? await ReadBackAsync(roomId, from, to: null) : [];
                var hides = room.Section == "leave";
                lines.AddRange(past.Concat(room.Timeline)
                    .Where(found => !hides || (string?)found["state_key"] != client.UserId).Select(Describe));
                lines.AddRange(Describe($"{roomId} state", room.State.Where(entry => !hides || !entry.Key.EndsWith(client.UserId))));
            }
        }

        return lines;
    }

    private async Task TakeAsync(string section, string roomId, JsonObject answer)
    {
        if (!_rooms.TryGetValue(roomId, out var room) || (section == "join" && room.Section != "join"))
        {
            // Those who join are told everything.
            _rooms[roomId] = room = new RoomPicture();
        }

        var isKnown = room.Section == "join";
        room.Section = section;
        if (section == "invite")
        {
            var own = answer.InviteState().Of("m.room.member")[client.UserId];
            room.Own = $"{own["content"]!["membership"]} by {own["sender"]}";
            return;
        }

        await AppendAsync(room, isKnown, roomId, answer);
        Take(answer, room.AccountData);
        foreach (var state in answer.State().Concat(answer.Timeline().Where(found => found["state_key"] is not null)))
        {
            room.State[$"{state["type"]} {state["state_key"]}"] = (string)state["event_id"]!;
            if ((string?)state["state_key"] == client.UserId && (string)state["type"]! == "m.room.member")
            {
                room.Own = $"{state["content"]!["membership"]} by {state["sender"]}";
            }
        }

        foreach (var typing in answer.Ephemeral())
        {
            room.Typing = [.. typing["content"]!["user_ids"]!.AsArray().Select(user => (string)user!)];
        }
    }

    /// <summary>
    /// Adds the new events, with what a limited timeline leaves out since the last sync. Where the client was not
    /// joined then, more may have become visible, so that all before is to be paged in again.
    /// </summary>
    private async Task AppendAsync(RoomPicture room, bool isKnown, string roomId, JsonObject answer)
    {
        var added = answer.Timeline();
        if (!isKnown)
        {
            room.Timeline.Clear();
            room.PrevBatch = answer.PrevBatch();
        }
        else if (answer.IsLimited())
        {
            added = [.. await ReadBackAsync(roomId, answer.PrevBatch(), _since), .. added];
        }

        var known = room.Timeline.Ids().ToHashSet();
        room.Timeline.AddRange(added.Where(found => !known.Contains((string)found["event_id"]!)));
    }

    private async Task<List<JsonObject>> ReadBackAsync(string roomId, string from, string? to)
    {
        // Whoever was never joined has no history to read.
        var probe = await client.GetAsync($"rooms/{MatrixClient.Escape(roomId)}/messages?dir=b&limit=1&from={from}");
        if (probe.Status == HttpStatusCode.Forbidden)
        {
            return [];
        }

        var past = await client.ReadBackAsync(roomId, from, to, pageSize: 20);
        past.Reverse();
        return past;
    }

    private static void Take(JsonObject scope, Dictionary<string, string> accountData)
    {
        foreach (var entry in scope["account_data"]?["events"]?.AsArray() ?? [])
        {
            var (type, content) = ((string)entry!["type"]!, entry["content"]!.ToJsonString());
            if (content == "{}")
            {
                // Deleted: a client that never had it is not told.
                accountData.Remove(type);
            }
            else
            {
                accountData[type] = content;
            }
        }
    }

    private static string Describe(JsonObject found) =>
        $"event {found["event_id"]} {found["sender"]} {found["type"]} {found["state_key"]} {found["content"]!.ToJsonString()}";

    private static IEnumerable<string> Describe(string name, IEnumerable<KeyValuePair<string, string>> entries) =>
        entries.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => $"{name} {entry.Key} = {entry.Value}");
}
