using System.Globalization;
using System.Text;
using System.Text.Json;
using Matrix.Realtime.Benchmarks.Servers;

namespace Matrix.Realtime.Benchmarks.Floors;

/// <summary>
/// What a bare Kestrel does at best: the same paths, an authentication that looks into a dictionary, a body that is read, and
/// behind it nothing but what cannot be left out.
/// </summary>
internal static class FloorServer
{
    /// <summary>The users that it knows; their tokens are <see cref="TokenOf(int)"/>.</summary>
    private const int Users = StormRooms.Users;

    private static readonly byte[] Empty = "{}"u8.ToArray();

    public static string TokenOf(int user) => $"token_{user}";

    public static string UserOf(int user) => $"@user{user}:localhost";

    public static async Task RunAsync(string[] arguments)
    {
        var builder = WebApplication.CreateSlimBuilder(arguments);
        builder.Logging.ClearProviders();
        var configuration = builder.Configuration;
        var writer = FloorWriter.Create(
            Enum.Parse<DatabaseKind>(configuration["database"]!), configuration["connection"]!);
        var users = Enumerable.Range(0, Users).ToDictionary(TokenOf, UserOf, StringComparer.Ordinal);
        var parked = new ParkingLot();
        var inboxes = users.Values.ToDictionary(user => user, _ => new FloorInbox(), StringComparer.Ordinal);
        using var presence = new FloorPresence();

        var app = builder.Build();
        app.Use((context, next) =>
        {
            if (context.Request.Path.StartsWithSegments("/_matrix", StringComparison.Ordinal) && !users.ContainsKey(TokenOf(context)))
            {
                context.Response.StatusCode = StatusCodes.Status401Unauthorized;
                return Task.CompletedTask;
            }

            return next(context);
        });
        app.MapGet("/health/ready", () => Results.Ok());
        var group = app.MapGroup("/_matrix/client/v3");
        group.MapPut("/wake", (HttpContext context) =>
        {
            parked.Complete();
            return Answer(context, Empty);
        });

        group.MapPut("/rooms/{roomId}/typing/{userId}", async (string roomId, string userId, HttpContext context) =>
        {
            using var body = await JsonDocument.ParseAsync(context.Request.Body);
            var isTyping = body.RootElement.GetProperty("typing").GetBoolean();
            await writer.WriteAsync(FloorTable.Typing, position => [roomId, userId, isTyping, position]);
            parked.Complete();
            return Answer(context, Empty);
        });

        group.MapPut("/rooms/{roomId}/send/{type}/{transaction}", async (string roomId, string transaction, HttpContext context) =>
        {
            using var body = await JsonDocument.ParseAsync(context.Request.Body);
            var json = Encoding.UTF8.GetBytes(FloorEvent.Around(body.RootElement.GetRawText()));
            var eventId = "";
            await writer.WriteAsync(FloorTable.Events, position =>
            {
                eventId = FloorEvent.IdOf(position);
                return [position, roomId, eventId, "12", UserOf(0), position, json, "DEVICE", transaction];
            });
            parked.Complete();
            return Answer(context, Encoding.UTF8.GetBytes($"{{\"event_id\":\"{eventId}\"}}"));
        });

        group.MapPut("/user/{userId}/account_data/{type}", async (string userId, string type, HttpContext context) =>
        {
            using var body = await JsonDocument.ParseAsync(context.Request.Body);
            var content = Encoding.UTF8.GetBytes(body.RootElement.GetRawText());
            await writer.WriteAsync(FloorTable.AccountData, position => [userId, "", type, content, position]);
            return Answer(context, Empty);
        });

        group.MapPost("/rooms/{roomId}/receipt/{type}/{eventId}", async (string roomId, string type, string eventId, HttpContext context) =>
        {
            using var body = await JsonDocument.ParseAsync(context.Request.Body);
            var user = users[TokenOf(context)];
            await writer.WriteAsync(
                FloorTable.Receipts, position => [user, roomId, type, "", eventId, position, position, position]);
            return Answer(context, Empty);
        });

        group.MapPut("/sendToDevice/{type}/{transaction}", async (string type, string transaction, HttpContext context) =>
        {
            using var body = await JsonDocument.ParseAsync(context.Request.Body);
            var sender = users[TokenOf(context)];
            var recipient = body.RootElement.GetProperty("messages").EnumerateObject().First();
            var content = Encoding.UTF8.GetBytes(recipient.Value.GetProperty("*").GetRawText());
            var remembered = writer.WriteAsync(
                FloorTable.ToDeviceTransactions, position => [position, sender, "DEVICE", type, transaction, position]);
            await writer.WriteAsync(
                FloorTable.ToDeviceMessages, position => [position, recipient.Name, "DEVICE", sender, type, content]);
            await remembered;
            inboxes[recipient.Name].Deliver(content);
            return Answer(context, Empty);
        });

        group.MapPut("/presence/{userId}/status", async (string userId, HttpContext context) =>
        {
            using var body = await JsonDocument.ParseAsync(context.Request.Body);
            var state = body.RootElement.GetProperty("presence").GetString()!;
            await writer.WriteAsync(FloorTable.Presence, position => [userId, state, "", position, position]);
            return Answer(context, Empty);
        });

        group.MapPut("/offline", (HttpContext context) =>
        {
            presence.SetAllOffline();
            return Answer(context, Empty);
        });

        group.MapGet("/sync", async (string? since, HttpContext context) =>
        {
            if (since == FloorPresence.Since)
            {
                return Answer(context, await presence.PollAsync(IndexOf(TokenOf(context))));
            }

            if (since == FloorInbox.Since)
            {
                return Answer(context, await inboxes[users[TokenOf(context)]].PollAsync());
            }

            if (since == ParkingLot.Since)
            {
                await parked.WaitAsync();
                return Answer(context, FloorEvent.TypingSync);
            }

            if (FloorSync.LengthOf(since) is { } length)
            {
                await FloorSync.WriteAsync(context.Response, length);
                return Results.Empty;
            }

            return Answer(context, FloorEvent.EmptySync);
        });

        await app.RunAsync();
    }

    private static int IndexOf(string token) => int.Parse(token.AsSpan("token_".Length), CultureInfo.InvariantCulture);

    private static string TokenOf(HttpContext context) =>
        context.Request.Headers.Authorization.ToString()["Bearer ".Length..];

    private static IResult Answer(HttpContext context, byte[] json)
    {
        context.Response.ContentLength = json.Length;
        return Results.Bytes(json, "application/json");
    }
}
