using System.Text.Json.Nodes;

namespace Matrix.Realtime.Tests.Accounts;

/// <summary>The requests of these tests, which look at refusals too.</summary>
internal static class AccountRequests
{
    public const string Password = "correct horse battery staple";

    public static JsonObject Registration(string? username, string? session = null)
    {
        JsonObject request = new() { ["password"] = Password, ["auth"] = Dummy(session) };
        if (username is not null)
        {
            request["username"] = username;
        }

        return request;
    }

    public static JsonObject Dummy(string? session = null)
    {
        JsonObject auth = new() { ["type"] = "m.login.dummy" };
        if (session is not null)
        {
            auth["session"] = session;
        }

        return auth;
    }

    public static JsonObject Login(string user, string password = Password, string? deviceId = null)
    {
        JsonObject request = new()
        {
            ["type"] = "m.login.password",
            ["identifier"] = new JsonObject { ["type"] = "m.id.user", ["user"] = user },
            ["password"] = password,
        };
        if (deviceId is not null)
        {
            request["device_id"] = deviceId;
        }

        return request;
    }

    /// <summary>Registers by one request and returns the access token.</summary>
    public static async Task<string> SignUpAsync(this RealtimeApplication app, string username)
    {
        var account = await app.Anonymous.PostAsync("register", Registration(username)).ExpectAsync();
        return (string)account["access_token"]!;
    }

    public static Task<MatrixResponse> WhoAmIAsync(this RealtimeApplication app, string accessToken) =>
        app.WithToken(accessToken).GetAsync("account/whoami");
}
