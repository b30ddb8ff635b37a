using Matrix.Realtime.Accounts.Tokens;
using Matrix.Realtime.Http;
using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.Tests.Accounts;

public sealed class RecentTokensTests
{
    private static readonly TokenOwner Owner =
        new(new Requester(UserId.Parse("@alice:localhost"), DeviceId.Parse("PHONE")), null);

    [Fact]
    public void TryGet_TokenRemovedWhileItWasRead_FindsNothing()
    {
        var tokens = new RecentTokens(10);
        var removals = tokens.Removals;

        tokens.Remove(["hash"]);
        tokens.Add("hash", Owner, removals);

        Assert.False(tokens.TryGet("hash", out _));
    }

    [Fact]
    public void TryGet_TokenAddedAfterRemovals_FindsItsOwner()
    {
        var tokens = new RecentTokens(10);
        tokens.Remove(["other"]);

        tokens.Add("hash", Owner, tokens.Removals);

        Assert.True(tokens.TryGet("hash", out var owner));
        Assert.Equal(Owner, owner);
    }

    [Fact]
    public void TryGet_MoreTokensThanFit_KeepsThoseInUse()
    {
        var tokens = new RecentTokens(10);
        tokens.Add("used", Owner, tokens.Removals);
        tokens.Add("unused", Owner, tokens.Removals);

        for (var i = 0; i < 100; i++)
        {
            tokens.Add($"{i}", Owner, tokens.Removals);
            Assert.True(tokens.TryGet("used", out _));
        }

        Assert.False(tokens.TryGet("unused", out _));
        Assert.True(Enumerable.Range(0, 100).Count(i => tokens.TryGet($"{i}", out _)) <= 10);
    }

    [Fact]
    public void Remove_TokenOfTheOldGeneration_FindsNothing()
    {
        var tokens = new RecentTokens(4);
        tokens.Add("old", Owner, tokens.Removals);
        tokens.Add("1", Owner, tokens.Removals);
        tokens.Add("2", Owner, tokens.Removals);

        tokens.Remove(["old"]);

        Assert.False(tokens.TryGet("old", out _));
        Assert.True(tokens.TryGet("1", out _));
    }
}
