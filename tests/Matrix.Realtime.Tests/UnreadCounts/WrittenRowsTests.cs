using Matrix.Realtime.Tests.Databases;
using Matrix.Realtime.Tests.Receipts;
using Matrix.Realtime.Tests.Rooms;
using Matrix.Realtime.Tests.Typing;

namespace Matrix.Realtime.Tests.UnreadCounts;

/// <summary>What is written for an event does not grow with the number of those who are told.</summary>
public sealed class WrittenRowsTests
{
    private const int Small = 5;
    private const int Large = 2000;

    // NOT-3: everybody is notified, and nothing is stored for it.
    [Theory]
    [AllDatabases]
    public async Task MessagesAndReceipts_InLargeRoom_WriteAsManyRowsAsInSmallOne(DatabaseKind kind)
    {
        var commits = new CommitCounter();
        await using var scene = await ReceiptScene.SetAsync(kind, new() { Services = commits.Install });
        await FillAsync(from: 2, to: Small);
        var small = await MeasureAsync();

        await FillAsync(from: Small, to: Large);
        var large = await MeasureAsync();

        var members = await scene.Alice.GetInRoomAsync(scene.Room, "joined_members").ExpectAsync();
        Assert.Equal(Large, members["joined"]!.AsObject().Count);
        Assert.InRange(small.Message, 1, 2);
        Assert.InRange(small.Receipt, 1, 2);
        Assert.Equal(small, large);

        Task FillAsync(int from, int to)
        {
            var server = scene.Alice.UserId.Split(':', 2)[1];
            return scene.Live.JoinAsync(
                scene.Room, Enumerable.Range(from, to - from).Select(number => $"@member{number}:{server}"));
        }

        async Task<(int Message, int Reply, int Receipt)> MeasureAsync()
        {
            var before = commits.Rows;
            var sent = await scene.Alice.MentionAsync(scene.Room, scene.Bob);
            var afterMessage = commits.Rows;
            var reply = await scene.Alice.ReplyInThreadAsync(scene.Room, sent);
            var afterReply = commits.Rows;
            Assert.EndsWith("/1", await scene.Bob.CountAsync(scene.Room));
            await scene.Bob.ReadAsync(scene.Room, reply);
            var afterReceipt = commits.Rows;
            Assert.Equal("0/0", await scene.Bob.CountAsync(scene.Room));
            return (afterMessage - before, afterReply - afterMessage, afterReceipt - afterReply);
        }
    }
}
