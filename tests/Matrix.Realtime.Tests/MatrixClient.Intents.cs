using System.Net;
using System.Text.Json.Nodes;

namespace Matrix.Realtime.Tests;

/// <summary>What users do, in one call each; all of it must succeed.</summary>
internal sealed partial class MatrixClient
{
    private const string Password = "wonderland";

    private int _transactions;

    public async Task<MatrixClient> RegisterAsync(string name, string? deviceId = null)
    {
        JsonObject request = new() { ["username"] = name, ["password"] = Password };
        if (deviceId is not null)
        {
            request["device_id"] = deviceId;
        }

        var challenge = await PostAsync("register", request).ExpectAsync(HttpStatusCode.Unauthorized);
        request["auth"] = new JsonObject { ["type"] = "m.login.dummy", ["session"] = (string?)challenge["session"] };
        return LoggedIn(await PostAsync("register", request).ExpectAsync());
    }

    public async Task<MatrixClient> LoginAsync(string name, string? deviceId = null)
    {
        JsonObject request = new()
        {
            ["type"] = "m.login.password",
            ["identifier"] = new JsonObject { ["type"] = "m.id.user", ["user"] = name },
            ["password"] = Password,
        };
        if (deviceId is not null)
        {
            request["device_id"] = deviceId;
        }

        return LoggedIn(await PostAsync("login", request).ExpectAsync());
    }

    /// <summary>What a request holds whose user proves with the password who they are.</summary>
    public JsonObject PasswordAuth(string? session = null, string password = Password)
    {
        JsonObject auth = new()
        {
            ["type"] = "m.login.password",
            ["identifier"] = new JsonObject { ["type"] = "m.id.user", ["user"] = UserId },
            ["password"] = password,
        };
        if (session is not null)
        {
            auth["session"] = session;
        }

        return auth;
    }

    /// <summary>Gives the account up.</summary>
    public Task DeactivateAsync() =>
        PostAsync("account/deactivate", new JsonObject { ["auth"] = PasswordAuth() }).ExpectAsync();

    /// <summary>Creates a room; unless told otherwise a public one, which anybody may join.</summary>
    public async Task<string> CreateRoomAsync(JsonObject? request = null)
    {
        var room = await PostAsync("createRoom", request ?? new JsonObject { ["preset"] = "public_chat" }).ExpectAsync();
        return (string)room["room_id"]!;
    }

    public Task InviteAsync(string roomId, MatrixClient user) =>
        PostAsync($"rooms/{Escape(roomId)}/invite", new JsonObject { ["user_id"] = user.UserId }).ExpectAsync();

    public Task JoinAsync(string roomId) =>
        PostAsync($"rooms/{Escape(roomId)}/join", new JsonObject()).ExpectAsync();

    public Task LeaveAsync(string roomId) =>
        PostAsync($"rooms/{Escape(roomId)}/leave", new JsonObject()).ExpectAsync();

    /// <summary>Sends a text message and returns its event id.</summary>
    public Task<string> SendAsync(string roomId, string text) =>
        SendAsync(roomId, "m.room.message", new JsonObject { ["msgtype"] = "m.text", ["body"] = text });

    /// <summary>Sends an event and returns its id.</summary>
    public async Task<string> SendAsync(string roomId, string type, JsonObject content)
    {
        var transaction = Interlocked.Increment(ref _transactions);
        var sent = await PutAsync($"rooms/{Escape(roomId)}/send/{Escape(type)}/t{transaction}", content).ExpectAsync();
        return (string)sent["event_id"]!;
    }

    /// <summary>Sets state and returns the event's id.</summary>
    public async Task<string> SetStateAsync(string roomId, string type, JsonObject content, string stateKey = "")
    {
        var path = $"rooms/{Escape(roomId)}/state/{Escape(type)}/{Escape(stateKey)}";
        return (string)(await PutAsync(path, content).ExpectAsync())["event_id"]!;
    }

    /// <summary>Kicks, bans or otherwise changes the membership of somebody else.</summary>
    public Task SetMembershipAsync(string roomId, MatrixClient user, string membership) =>
        SetStateAsync(roomId, "m.room.member", new JsonObject { ["membership"] = membership }, user.UserId);

    /// <summary>Writes account data, of a room if one is given.</summary>
    public Task SetAccountDataAsync(string type, JsonObject content, string? roomId = null) =>
        PutAsync(AccountDataPath(type, roomId), content).ExpectAsync();

    /// <summary>Deletes account data, of a room if one is given.</summary>
    public Task DeleteAccountDataAsync(string type, string? roomId = null) =>
        DeleteAsync(AccountDataPath(type, roomId)).ExpectAsync();

    /// <summary>Ignores these users and nobody else.</summary>
    public Task IgnoreAsync(params MatrixClient[] users)
    {
        var ignored = users.Select(user => KeyValuePair.Create(user.UserId, (JsonNode?)new JsonObject()));
        return SetAccountDataAsync(
            "m.ignored_user_list", new JsonObject { ["ignored_users"] = new JsonObject(ignored) });
    }

    /// <summary>Where the tags of a room are, or one of them.</summary>
    public string TagPath(string roomId, string? tag = null) =>
        $"user/{Escape(UserId)}/rooms/{Escape(roomId)}/tags" + (tag is null ? "" : $"/{Escape(tag)}");

    /// <summary>Where account data is.</summary>
    public string AccountDataPath(string type, string? roomId = null) => roomId is null
        ? $"user/{Escape(UserId)}/account_data/{Escape(type)}"
        : $"user/{Escape(UserId)}/rooms/{Escape(roomId)}/account_data/{Escape(type)}";

    /// <summary>Starts typing, or stops.</summary>
    public Task TypeAsync(string roomId, bool typing = true, long? timeout = null)
    {
        JsonObject request = new() { ["typing"] = typing };
        if (timeout is not null)
        {
            request["timeout"] = timeout;
        }

        return PutAsync($"rooms/{Escape(roomId)}/typing/{Escape(UserId)}", request).ExpectAsync();
    }

    /// <summary>Polls once. A poll that waits ends by a change, or by the server's clock.</summary>
    public Task<JsonObject> SyncAsync(
        string? since = null,
        int timeout = 0,
        string? filter = null,
        CancellationToken cancellationToken = default)
    {
        var path = $"sync?timeout={timeout}"
            + (since is null ? "" : $"&since={Escape(since)}")
            + (filter is null ? "" : $"&filter={Escape(filter)}");
        return GetAsync(path, cancellationToken).ExpectAsync();
    }

    public static string Escape(string segment) => Uri.EscapeDataString(segment);

    private MatrixClient LoggedIn(JsonObject login) => new(http, (string)login["access_token"]!)
    {
        UserId = (string)login["user_id"]!,
        DeviceId = (string)login["device_id"]!,
    };
}
