using System.Text.Json.Nodes;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.LiveQueries;
using Matrix.Realtime.Presence;
using Matrix.Realtime.Tests.Databases;

namespace Matrix.Realtime.Tests.LiveQueries;

/// <summary>What code in the process learns of what clients do.</summary>
public sealed class LiveChangeTests
{
    private static readonly RealtimeApplicationOptions WithPresence = new()
    {
        Settings = new Dictionary<string, string?> { ["Matrix:Presence:Enabled"] = "true" },
    };

    [Theory, AllDatabases]
    public async Task Watch_OfEverything_YieldsEachKindAsItsType(DatabaseKind kind)
    {
        await using var ground = await LiveGround.StartAsync(kind, WithPresence);
        var alice = await ground.RegisterAsync("alice");
        var room = await CreateRoomAsync(alice);
        var start = await ground.Live.GetPositionAsync();

        var sent = await DoEverythingAsync(alice, room);
        var changes = await ground.WatchAsync(new LiveQuery(), start, "end");

        RequireAll(changes, alice, room, sent);
        var presence = changes.OfType<LivePresence>().Last();
        Assert.Equal((PresenceState.Online, room), (presence.State, presence.StatusMessage));
        Assert.Equal([true, false], changes.OfType<LiveTyping>().Select(typing => typing.IsTyping));
        var positions = changes.Select(change => change.Position).ToList();
        Assert.Equal(positions.Order().Distinct(), positions);
        Assert.All(changes, change => Assert.Equal(alice.UserId, change.UserId.Value));
    }

    [Theory, AllDatabases]
    public async Task Watch_AfterARestart_YieldsEventsAndLatestValuesFromTheStore(DatabaseKind kind)
    {
        await using var ground = await LiveGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var room = await CreateRoomAsync(alice);
        var start = await ground.Live.GetPositionAsync();
        var sent = await DoEverythingAsync(alice, room);
        var before = await ground.WatchAsync(new LiveQuery(), start, "end");

        await ground.RestartAsync(alice);
        var after = await ground.WatchAsync(new LiveQuery(), start, "end");

        RequireAll(after, alice, room, sent);
        Assert.Equal(before.Except(before.Where(IsSuperseded)).Select(Describe), after.Select(Describe));

        static bool IsSuperseded(LiveChange change) =>
            change is LiveTyping { IsTyping: true } or LiveAccountData { Type: "org.example.room", IsDeleted: false };
    }

    [Theory, AllDatabases]
    public async Task Watch_FromAChange_ContinuesAfterIt(DatabaseKind kind)
    {
        await using var ground = await LiveGround.StartAsync(kind, WithPresence);
        var alice = await ground.RegisterAsync("alice");
        var room = await CreateRoomAsync(alice);
        var start = await ground.Live.GetPositionAsync();
        await DoEverythingAsync(alice, room);
        var all = await ground.WatchAsync(new LiveQuery(), start, "end");

        for (var index = 0; index < all.Count; index += 3)
        {
            var rest = await ground.WatchAsync(new LiveQuery(), all[index].Position, "end");

            Assert.Equal(all.Skip(index + 1).Select(Describe), rest.Select(Describe));
        }
    }

    [Theory]
    [AllDatabases(LiveKinds.Events, "LiveEvent LiveMembership")]
    [AllDatabases(LiveKinds.Membership, "LiveMembership")]
    [AllDatabases(LiveKinds.Typing | LiveKinds.Receipts, "LiveReceipt LiveTyping")]
    [AllDatabases(LiveKinds.AccountData, "LiveAccountData LiveReadMarker")]
    [AllDatabases(LiveKinds.ReadMarkers, "LiveReadMarker")]
    [AllDatabases(LiveKinds.Presence, "LivePresence")]
    public async Task Watch_OfSomeKinds_YieldsNoOthers(DatabaseKind kind, LiveKinds kinds, string expected)
    {
        await using var ground = await LiveGround.StartAsync(kind, WithPresence);
        var alice = await ground.RegisterAsync("alice");
        var room = await CreateRoomAsync(alice);
        var start = await ground.Live.GetPositionAsync();
        await DoEverythingAsync(alice, room);
        var end = await ground.Live.GetPositionAsync();
        await DoEverythingAsync(alice, await CreateRoomAsync(alice));

        var changes = await ground.WatchAsync(
            new LiveQuery { Kinds = kinds }, start, change => change.Position > end);

        Assert.Equal(expected, string.Join(' ', changes.Select(change => change.GetType().Name).Distinct().Order()));
    }

    [Theory, AllDatabases]
    public async Task Watch_OfRoomsAndUsers_YieldsWhatConcernsThem(DatabaseKind kind)
    {
        await using var ground = await LiveGround.StartAsync(kind, WithPresence);
        var alice = await ground.RegisterAsync("alice");
        var bob = await ground.RegisterAsync("bob");
        List<string> rooms = [await CreateRoomAsync(alice), await CreateRoomAsync(alice), await CreateRoomAsync(alice)];
        var start = await ground.Live.GetPositionAsync();
        foreach (var room in rooms)
        {
            await bob.JoinAsync(room);
            await DoEverythingAsync(alice, room);
            await DoEverythingAsync(bob, room);
        }

        var (user, one, two) = (UserId.Parse(bob.UserId), RoomId.Parse(rooms[0]), RoomId.Parse(rooms[2]));
        var inOne = await ground.WatchAsync(
            new LiveQuery { Rooms = [one] }, start, change => TextIs(change, "end") && change.UserId == user);
        var inBoth = await ground.WatchAsync(
            new LiveQuery { Rooms = [one, two] },
            start,
            change => TextIs(change, "end") && change.UserId == user && RoomOf(change) == two);
        var ofBob = await ground.WatchAsync(
            new LiveQuery { Users = [user] }, start, change => TextIs(change, "end") && RoomOf(change) == two);

        Assert.All(inOne, change => Assert.Equal(one, RoomOf(change)));
        Assert.Contains(inOne, change => change is LiveReceipt && change.UserId == user);
        Assert.Contains(inOne, change => change is LiveReadMarker);
        Assert.Equal([one, two], inBoth.Select(change => RoomOf(change)!.Value).Distinct());
        Assert.All(ofBob, change => Assert.Equal(user, change.UserId));
        Assert.Equal(6, ofBob.OfType<LiveMembership>().Count());
        Assert.NotEmpty(ofBob.OfType<LivePresence>());
    }

    [Theory, AllDatabases]
    public async Task Watch_OfAMember_YieldsWhatOthersDoToThem(DatabaseKind kind)
    {
        await using var ground = await LiveGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var bob = await ground.RegisterAsync("bob");
        var room = await CreateRoomAsync(alice);
        await alice.InviteAsync(room, bob);
        await bob.JoinAsync(room);
        await alice.SendAsync(room, "to nobody");
        await bob.SendAsync(room, "end");

        var changes = await ground.WatchAsync(
            new LiveQuery { Users = [UserId.Parse(bob.UserId)] }, StreamPosition.Zero, "end");

        var memberships = changes.Cast<LiveMembership>().ToList();
        Assert.Equal(["invite", "join"], memberships.Select(change => change.Membership));
        Assert.Equal([alice.UserId, bob.UserId], memberships.Select(change => change.UserId.Value));
        Assert.All(memberships, change => Assert.Equal(bob.UserId, change.Member.Value));
    }

    [Theory, AllDatabases]
    public async Task Watch_FromBeyondTheHead_YieldsWhatComes(DatabaseKind kind)
    {
        await using var ground = await LiveGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var room = await CreateRoomAsync(alice);
        await alice.SendAsync(room, "before");
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await using var changes = ground.Live.WatchAsync(
            new LiveQuery(), StreamPosition.Never, patience.Token).GetAsyncEnumerator();

        var next = changes.MoveNextAsync();
        await alice.SendAsync(room, "after");

        Assert.True(await next);
        Assert.Equal("after", LiveGround.TextOf(changes.Current));
    }

    [Theory, AllDatabases]
    public async Task Watch_Cancelled_Ends(DatabaseKind kind)
    {
        await using var ground = await LiveGround.StartAsync(kind);
        using var cancellation = new CancellationTokenSource();
        await using var changes = ground.Live.WatchAsync(
            new LiveQuery(), await ground.Live.GetPositionAsync(), cancellation.Token).GetAsyncEnumerator();

        var next = changes.MoveNextAsync();
        Assert.False(next.IsCompleted);
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(next.AsTask);
    }

    [Theory, AllDatabases]
    public async Task Watch_ReadingOfARedactedEvent_IsToldWhatIsLeft(DatabaseKind kind)
    {
        await using var ground = await LiveGround.StartAsync(kind);
        var alice = await ground.RegisterAsync("alice");
        var room = await CreateRoomAsync(alice);
        var start = await ground.Live.GetPositionAsync();
        var secret = await alice.SendAsync(room, "secret");
        var path = $"rooms/{MatrixClient.Escape(room)}/redact/{MatrixClient.Escape(secret)}/t";
        await alice.PutAsync(path, new JsonObject()).ExpectAsync();
        await alice.SendAsync(room, "end");

        var recent = await ground.WatchAsync(new LiveQuery(), start, "end");
        await ground.RestartAsync(alice);
        var stored = await ground.WatchAsync(new LiveQuery(), start, "end");

        foreach (var changes in new[] { recent, stored })
        {
            var events = changes.Cast<LiveEvent>().ToList();
            Assert.Equal(["m.room.message", "m.room.redaction"], events.Select(change => change.Type));
            Assert.Equal(secret, events[0].EventId.Value);
            Assert.Equal("{}", events[0].Content.GetRawText());
            Assert.Equal(secret, events[1].Redacts?.Value);
        }
    }

    /// <summary>One change of every kind; the last is the message "end". Returns the id of the first message.</summary>
    private static async Task<string> DoEverythingAsync(MatrixClient user, string room)
    {
        var path = $"rooms/{MatrixClient.Escape(room)}";
        await user.TypeAsync(room);
        var message = await user.SendAsync(room, "hello");
        await user.SetStateAsync(room, "org.example.state", new JsonObject { ["of"] = user.UserId }, user.UserId);
        await user.SetStateAsync(
            room, "m.room.member", new JsonObject { ["membership"] = "join", ["reason"] = room }, user.UserId);
        await user.PostAsync($"{path}/receipt/m.read/{MatrixClient.Escape(message)}", new JsonObject()).ExpectAsync();
        await user.PostAsync(
            $"{path}/receipt/m.read.private/{MatrixClient.Escape(message)}",
            new JsonObject { ["thread_id"] = "main" }).ExpectAsync();
        await user.PostAsync($"{path}/read_markers", new JsonObject { ["m.fully_read"] = message }).ExpectAsync();
        await user.SetAccountDataAsync("org.example.global", new JsonObject { ["in"] = room });
        await user.SetAccountDataAsync("org.example.room", new JsonObject { ["n"] = 1 }, room);
        await user.DeleteAccountDataAsync("org.example.room", room);
        await user.PutAsync(
            $"presence/{MatrixClient.Escape(user.UserId)}/status",
            new JsonObject { ["presence"] = "online", ["status_msg"] = room }).ExpectAsync();
        await user.SendAsync(room, "end");
        return message;
    }

    private static void RequireAll(List<LiveChange> changes, MatrixClient user, string room, string message)
    {
        // The message ended the typing, so from the store there is only that.
        var typing = changes.OfType<LiveTyping>().Last();
        Assert.False(typing.IsTyping);
        Assert.Equal(room, typing.RoomId.Value);
        var said = Assert.Single(changes, change => LiveGround.TextOf(change) == "hello");
        Assert.Equal(message, ((LiveEvent)said).EventId.Value);
        var state = Assert.Single(changes.OfType<LiveEvent>(), change => change.Type == "org.example.state");
        Assert.Equal(user.UserId, state.StateKey);
        var membership = Assert.Single(changes.OfType<LiveMembership>());
        Assert.Equal(("join", user.UserId), (membership.Membership, membership.Member.Value));
        var receipts = changes.OfType<LiveReceipt>().ToList();
        Assert.Equal(["m.read", "m.read.private"], receipts.Select(receipt => receipt.ReceiptType));
        Assert.Equal([null, "main"], receipts.Select(receipt => receipt.ThreadId));
        Assert.Equal([false, true], receipts.Select(receipt => receipt.IsPrivate));
        Assert.All(receipts, receipt => Assert.Equal(message, receipt.EventId.Value));
        Assert.Equal(message, Assert.Single(changes.OfType<LiveReadMarker>()).EventId.Value);
        var global = Assert.Single(changes.OfType<LiveAccountData>(), change => change.Type == "org.example.global");
        Assert.Equal(room, global.Content.GetProperty("in").GetString());
        var deleted = changes.OfType<LiveAccountData>().Last(change => change.Type == "org.example.room");
        Assert.Equal((true, "{}", room), (deleted.IsDeleted, deleted.Content.GetRawText(), deleted.RoomId?.Value));
    }

    private static Task<string> CreateRoomAsync(MatrixClient owner) => owner.CreateRoomAsync(new JsonObject
    {
        ["preset"] = "public_chat",
        ["power_level_content_override"] = new JsonObject { ["state_default"] = 0 },
    });

    /// <summary>What stays the same however late it is read.</summary>
    private static string Describe(LiveChange change) => change switch
    {
        LiveEvent added => $"{added.Position} {added.EventId} {added.Content}",
        LiveAccountData written => $"{written.Position} {written.Type} {written.Content} {written.IsDeleted}",
        LivePresence seen => $"{seen.Position} {seen.State} {seen.StatusMessage}",
        _ => $"{change}",
    };

    private static bool TextIs(LiveChange change, string text) => LiveGround.TextOf(change) == text;

    private static RoomId? RoomOf(LiveChange change) => change switch
    {
        LiveEvent added => added.RoomId,
        LiveTyping typing => typing.RoomId,
        LiveReceipt moved => moved.RoomId,
        LiveAccountData written => written.RoomId,
        _ => null,
    };
}
