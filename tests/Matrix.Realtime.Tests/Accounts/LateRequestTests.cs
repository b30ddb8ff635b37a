using System.Net;
using System.Text.Json.Nodes;
using Matrix.Realtime.KeyBackup;
using Matrix.Realtime.Keys.CrossSigning;
using Matrix.Realtime.Keys.Devices;
using Matrix.Realtime.Tests.Databases;
using Matrix.Realtime.Tests.KeyBackup;
using Matrix.Realtime.Tests.Keys;
using Matrix.Realtime.Tests.ToDevice;
using Microsoft.EntityFrameworkCore;

namespace Matrix.Realtime.Tests.Accounts;

/// <summary>What is still under way when its device or account goes must not leave anything behind.</summary>
public sealed class LateRequestTests
{
    [Theory]
    [AllDatabases]
    public async Task Requests_OfADeviceThatLogsOutMeanwhile_AreRefusedAndLeaveNothing(DatabaseKind kind)
    {
        var gate = new CommitGate();
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database, new() { Services = gate.Install });
        var alice = await app.RegisterAsync("alice");
        Func<KeyHolder, Task<MatrixResponse>>[] requests =
        [
            phone => phone.Client.PostAsync("keys/upload", new JsonObject { ["device_keys"] = phone.DeviceKeys }),
            phone => phone.Client.PostAsync("keys/device_signing/upload", phone.CrossSigningKeys),
            phone => phone.Client.PostAsync("keys/signatures/upload", new JsonObject()),
            phone => phone.Client.PostAsync("room_keys/version", BackupRequests.Backup("late")),
            phone => phone.Client.TrySendToDeviceAsync(
                ToDeviceRequests.Messages(alice.UserId, (alice.DeviceId, "late"))),
        ];

        foreach (var request in requests)
        {
            using var phone = new KeyHolder(await app.LoginAsync("alice", "PHONE"));
            await gate.SendLateAsync(() => phone.Client.PostAsync("logout").ExpectAsync(), () => request(phone))
                .ExpectErrorAsync(HttpStatusCode.Unauthorized, "M_UNKNOWN_TOKEN");
        }

        Assert.Equal(0, await database.UseAsync(context => context.Set<DeviceKeysRow>().CountAsync()));
        Assert.Equal(0, await database.UseAsync(context => context.Set<CrossSigningKeyRow>().CountAsync()));
        Assert.Equal(0, await database.UseAsync(context => context.Set<KeyBackupRow>().CountAsync()));
        Assert.Equal(0, await database.CountTransactionsAsync());
        Assert.Equal(0, await database.CountMessagesAsync());
    }

    [Theory]
    [AllDatabases]
    public async Task Requests_OfAnAccountThatIsGivenUpMeanwhile_EnterNoRoom(DatabaseKind kind)
    {
        var gate = new CommitGate();
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var app = await RealtimeApplication.StartAsync(database, new() { Services = gate.Install });
        var bob = await app.RegisterAsync("bob");
        var roomId = await bob.CreateRoomAsync();
        var room = MatrixClient.Escape(roomId);
        Func<MatrixClient, Task<MatrixResponse>>[] requests =
        [
            user => user.PostAsync($"join/{room}", new JsonObject()),
            user => user.PutAsync(
                $"rooms/{room}/state/m.room.member/{MatrixClient.Escape(user.UserId)}",
                new JsonObject { ["membership"] = "join" }),
            user => user.PostAsync("createRoom", new JsonObject()),
        ];

        for (var i = 0; i < requests.Length; i++)
        {
            var user = await app.RegisterAsync($"user{i}");
            await gate.SendLateAsync(user.DeactivateAsync, () => requests[i](user))
                .ExpectErrorAsync(HttpStatusCode.Unauthorized, "M_UNKNOWN_TOKEN");
        }

        var members = await bob.GetAsync($"rooms/{room}/members").ExpectAsync();
        Assert.Equal([bob.UserId], members["chunk"]!.AsArray().Select(member => (string)member!["state_key"]!));
    }
}
