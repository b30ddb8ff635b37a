using System.Text;
using System.Text.Json.Nodes;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Tests.Accounts;
using Matrix.Realtime.ToDevice;
using Microsoft.EntityFrameworkCore;

namespace Matrix.Realtime.Tests.ToDevice;

/// <summary>Sending to devices, and what came of it.</summary>
internal static class ToDeviceRequests
{
    public const string Type = "m.room_key_request";

    private static int _transactions;

    /// <summary>Sends one message to a device, or to all of a user.</summary>
    public static Task SendToDeviceAsync(
        this MatrixClient client, MatrixClient user, string text, string? device = null, string? transaction = null) =>
        client.TrySendToDeviceAsync(Messages(user.UserId, (device ?? user.DeviceId, text)), transaction).ExpectAsync();

    /// <summary>Sends what the body says.</summary>
    public static Task<MatrixResponse> TrySendToDeviceAsync(
        this MatrixClient client, JsonObject body, string? transaction = null, string type = Type) =>
        client.PutAsync($"sendToDevice/{type}/{transaction ?? $"own{Interlocked.Increment(ref _transactions)}"}", body);

    public static JsonObject Messages(string userId, params (string Device, string Text)[] messages) => new()
    {
        ["messages"] = new JsonObject
        {
            [userId] = new JsonObject(messages.Select(message => KeyValuePair.Create(
                message.Device, (JsonNode?)new JsonObject { ["text"] = message.Text }))),
        },
    };

    /// <summary>The texts of the messages in an answer.</summary>
    public static List<string> ToDeviceTexts(this JsonObject sync) =>
        [.. sync.ToDevice().Select(message => (string)message["content"]!["text"]!)];

    /// <summary>The messages in an answer.</summary>
    public static List<JsonObject> ToDevice(this JsonObject sync) =>
        [.. sync["to_device"]?["events"]!.AsArray().Select(message => message!.AsObject()) ?? []];

    /// <summary>
    /// Puts messages into the queue of a device that has not polled yet, as if they had waited for long.
    /// </summary>
    public static Task FillQueueAsync(this Database database, MatrixClient user, int count) =>
        database.UseAsync(context =>
        {
            context.AddRange(Enumerable.Range(0, count).Select(number => new ToDeviceMessageRow
            {
                Position = new StreamPosition(number + 1),
                UserId = UserId.Parse(user.UserId),
                DeviceId = DeviceId.Parse(user.DeviceId),
                Sender = UserId.Parse(user.UserId),
                Type = Type,
                Content = Encoding.UTF8.GetBytes($$"""{"text":"{{number}}"}"""),
            }));
            return context.SaveChangesAsync();
        });

    /// <summary>How many messages are stored.</summary>
    public static Task<int> CountMessagesAsync(this Database database) =>
        database.UseAsync(context => context.Set<ToDeviceMessageRow>().CountAsync());

    /// <summary>How many requests are remembered.</summary>
    public static Task<int> CountTransactionsAsync(this Database database) =>
        database.UseAsync(context => context.Set<ToDeviceTransactionRow>().CountAsync());

    /// <summary>Returns when all that the writer was given before is done: it takes one thing after the other.</summary>
    public static Task SettleAsync(this MatrixClient client) =>
        client.SetAccountDataAsync("org.example.settle", new JsonObject { ["at"] = Guid.NewGuid().ToString() });
}
