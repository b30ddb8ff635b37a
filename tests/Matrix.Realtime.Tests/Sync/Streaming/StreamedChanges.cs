using System.Text.Json.Nodes;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Presence;
using Matrix.Realtime.Tests.LiveQueries;

namespace Matrix.Realtime.Tests.Sync.Streaming;

/// <summary>What a stream has told, put together as a client would, until somebody cries that it is over.</summary>
internal sealed class StreamedChanges(MatrixClient crier)
{
    /// <summary>Whose stream it is.</summary>
    public required UserId Owner { get; init; }

    /// <summary>The latest values, by their keys.</summary>
    public SeenChanges Values { get; } = new();

    /// <summary>The ids of events by room, in the order in which they came.</summary>
    public Dictionary<string, List<string>> Events { get; } = [];

    public bool IsOver { get; private set; }

    public void Add(JsonObject answer)
    {
        foreach (var (room, section) in answer["rooms"]?["join"]?.AsObject() ?? [])
        {
            Assert.False(section!.AsObject().IsLimited());
            AddEvents(room, section.AsObject().Timeline());
            AddEphemeral(RoomId.Parse(room), section.AsObject().Ephemeral());
            AddAccountData(section.AsObject(), RoomId.Parse(room));
        }

        AddAccountData(answer, room: null);
        foreach (var presence in answer["presence"]?["events"]?.AsArray() ?? [])
        {
            var content = presence!["content"]!;
            var state = Enum.Parse<PresenceState>((string)content["presence"]!, ignoreCase: true);
            if (IsTold((string)presence["sender"]!, out var userId))
            {
                Values.SetPresence(userId, state, (string?)content["status_msg"]);
            }
        }
    }

    private void AddEvents(string room, List<JsonObject> events)
    {
        foreach (var told in events)
        {
            if ((string)told["sender"]! == crier.UserId)
            {
                IsOver = true;
                continue;
            }

            if (!Events.TryGetValue(room, out var ids))
            {
                Events.Add(room, ids = []);
            }

            ids.Add((string)told["event_id"]!);
        }
    }

    private void AddEphemeral(RoomId room, List<JsonObject> events)
    {
        foreach (var told in events)
        {
            var content = told["content"]!.AsObject();
            if ((string)told["type"]! == "m.typing")
            {
                AddTyping(room, [.. content["user_ids"]!.AsArray().Select(userId => (string)userId!)]);
                continue;
            }

            foreach (var (eventId, types) in content)
            {
                foreach (var (type, users) in types!.AsObject())
                {
                    AddReceipts(room, EventId.Parse(eventId), type, users!.AsObject());
                }
            }
        }
    }

    private void AddTyping(RoomId room, IReadOnlyCollection<string> typists)
    {
        foreach (var name in LiveWorld.Names)
        {
            var userId = UserId.Parse($"@{name}:localhost");
            Values.SetTyping(room, userId, typists.Contains(userId.Value));
        }
    }

    private void AddReceipts(RoomId room, EventId eventId, string type, JsonObject users)
    {
        foreach (var (user, receipt) in users)
        {
            if (IsTold(user, out var userId))
            {
                Values.SetReceipt(room, userId, type, (string?)receipt!["thread_id"], eventId);
            }
        }
    }

    private void AddAccountData(JsonObject scope, RoomId? room)
    {
        foreach (var entry in scope["account_data"]?["events"]?.AsArray() ?? [])
        {
            Values.SetAccountData(Owner, room, (string)entry!["type"]!, entry["content"]!.ToJsonString());
        }
    }

    private bool IsTold(string user, out UserId userId)
    {
        userId = UserId.Parse(user);
        return user != crier.UserId;
    }
}
