using System.Text.Json.Nodes;
using Matrix.Realtime.Tests.PushRules;
using Matrix.Realtime.Tests.Receipts;
using Matrix.Realtime.Tests.Sync;

namespace Matrix.Realtime.Tests.UnreadCounts;

/// <summary>
/// A room of the server and the model of it. All that happens happens in both, and every sync is held against the
/// model.
/// </summary>
internal sealed class CountWorld
{
    public const int UserCount = 3;
    public const int DeviceCount = 2;

    private readonly LiveProbe _live;
    private readonly CountDevice[][] _devices;
    private readonly CountModel _model =
        new(owner: 0, [.. Enumerable.Range(0, UserCount).Select(_ => new ModelUser())]);

    private readonly string _room;
    private int _keys;

    private CountWorld(LiveProbe live, IReadOnlyList<MatrixClient[]> users, string room)
    {
        _live = live;
        _room = room;
        _devices = [.. users.Select((devices, user) =>
            devices.Select(device => new CountDevice(device, room, _model, user)).ToArray())];
    }

    public static async Task<CountWorld> CreateAsync(LiveProbe live, IReadOnlyList<MatrixClient[]> users)
    {
        var room = await SyncGround.CreateSharedRoomAsync(users[0][0], users[1][0], users[2][0]);
        return new CountWorld(live, users, room);
    }

    public async Task SayAsync(CountStep.Say said)
    {
        if (!User(said.By).IsJoined)
        {
            return;
        }

        var target = said.Relation is null ? null : _model.Back(said.To);
        if (said.Relation == "m.thread" && target?.IsRelated == true)
        {
            // No thread begins with what belongs to something else.
            target = null;
        }

        var content = Content(said);
        if (target is not null)
        {
            // By a key of its own, as nobody may react in the same way twice.
            content["m.relates_to"] = new JsonObject
            {
                ["rel_type"] = said.Relation,
                ["event_id"] = target.Id,
                ["key"] = $"{++_keys}",
            };
        }

        var type = said.What == Said.Reaction ? "m.reaction" : "m.room.message";
        Add(
            await Client(said.By).SendAsync(_room, type, content),
            said.By,
            said.What,
            said.Of,
            said.Relation == "m.thread" ? target?.Id : target?.Thread,
            isRelated: target is not null,
            isEdit: target is not null && said.Relation == "m.replace");
    }

    public async Task RedactAsync(int by, int back)
    {
        if (User(by).IsJoined && _model.Back(back) is { } target && _model.MayRedact(by, target))
        {
            var path = $"rooms/{MatrixClient.Escape(_room)}/redact/{MatrixClient.Escape(target.Id)}/r{_model.End}";
            var sent = await Client(by).PutAsync(path, new JsonObject()).ExpectAsync();
            target.IsRedacted = true;
            Add((string)sent["event_id"]!, by, Said.Redaction);
        }
    }

    public async Task ReadAsync(CountStep.Read read)
    {
        if (User(read.By).IsJoined && _model.Back(read.Event) is { } target)
        {
            var category = read.Scope switch
            {
                ReadScope.Unthreaded => null,
                ReadScope.Own => target.Thread ?? ModelUser.Main,
                _ => target.Id,
            };
            await Client(read.By).ReadAsync(_room, target.Id, category, read.Type);
            User(read.By).Read(category, _model.End - 1 - (read.Event % _model.End));
        }
    }

    public async Task ChangeRuleAsync(int by, RuleOf rule)
    {
        var (client, user) = (Client(by), User(by));
        switch (rule)
        {
            case RuleOf.Master:
                await client.EnableRuleAsync("override", ".m.rule.master", user.Master = !user.Master);
                break;
            case RuleOf.Room when user.Mutes = !user.Mutes:
                await client.PutAsync(
                    PushRuleClientExtensions.RulePath("room", _room),
                    new JsonObject { ["actions"] = new JsonArray() }).ExpectAsync();
                break;
            case RuleOf.Room:
                await client.DeleteRuleAsync("room", _room);
                break;
            case RuleOf.Keyword when user.HasKeyword = !user.HasKeyword:
                await client.PutAsync(
                    PushRuleClientExtensions.RulePath("content", "cake"),
                    new JsonObject
                    {
                        ["pattern"] = "cake",
                        ["actions"] = new JsonArray("notify", new JsonObject { ["set_tweak"] = "highlight" }),
                    }).ExpectAsync();
                break;
            default:
                await client.DeleteRuleAsync("content", "cake");
                break;
        }
    }

    public async Task IgnoreAsync(int by, int of)
    {
        if (by != of)
        {
            var ignored = User(by).Ignored;
            _ = ignored.Remove(of) || ignored.Add(of);
            await Client(by).IgnoreAsync([.. ignored.Select(Client)]);
        }
    }

    public async Task ComeOrGoAsync(int by)
    {
        var user = User(by);
        user.IsJoined = !user.IsJoined;
        user.JoinedAt = _model.End;
        await (user.IsJoined ? Client(by).JoinAsync(_room) : Client(by).LeaveAsync(_room));
    }

    public Task SyncAsync(int by, int device, bool byThread) => _devices[by][device].SyncAsync(byThread);

    public Task EvictAsync()
    {
        _live.EvictAll();
        return Task.CompletedTask;
    }

    /// <summary>Every device syncs once more, and once as if for the first time.</summary>
    public async Task EndAsync()
    {
        foreach (var device in _devices.SelectMany(devices => devices))
        {
            await device.SyncAsync(byThread: true);
            await device.SyncFirstAsync();
        }
    }

    /// <summary>Nobody is joined any more, and nothing is left of their rules.</summary>
    public async Task CleanUpAsync()
    {
        for (var user = 0; user < UserCount; user++)
        {
            foreach (var rule in Enum.GetValues<RuleOf>())
            {
                var isOn = rule switch
                {
                    RuleOf.Master => User(user).Master,
                    RuleOf.Room => User(user).Mutes,
                    _ => User(user).HasKeyword,
                };
                await (isOn ? ChangeRuleAsync(user, rule) : Task.CompletedTask);
            }

            await Client(user).IgnoreAsync();
            await (User(user).IsJoined ? Client(user).LeaveAsync(_room) : Task.CompletedTask);
        }
    }

    private ModelUser User(int user) => _model.Users[user];

    private MatrixClient Client(int user) => _devices[user][0].Client;

    private JsonObject Content(CountStep.Say said)
    {
        JsonObject content = new()
        {
            ["msgtype"] = said.What == Said.Notice ? "m.notice" : "m.text",
            ["body"] = said.What switch
            {
                Said.Keyword => "some cake",
                Said.Name => $"hello {Client(said.Of).UserId}!",
                _ => "hello",
            },
        };
        if (said.What is Said.Mention or Said.RoomMention)
        {
            content["m.mentions"] = said.What == Said.RoomMention
                ? new JsonObject { ["room"] = true }
                : new JsonObject { ["user_ids"] = new JsonArray(Client(said.Of).UserId) };
        }

        return said.What == Said.Reaction ? [] : content;
    }

    private void Add(
        string id, int sender, Said what, int of = 0, string? thread = null, bool isRelated = false, bool isEdit = false) =>
        _model.Add(new ModelEvent
        {
            Id = id,
            Sender = sender,
            What = what,
            Of = of,
            Thread = thread,
            IsRelated = isRelated,
            IsEdit = isEdit,
            HiddenFrom = Enumerable.Range(0, UserCount).Where(user => User(user).Ignored.Contains(sender)).ToHashSet(),
        });
}
