using System.Collections.Immutable;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.Tests.Streams;

public sealed class LiveEvictionTests
{
    private readonly TestTable _table = new() { Limit = 8 };
    private ImmutableDictionary<RoomId, TestTally> _snapshots = [];

    [Fact]
    public void Add_WithinTheCapacity_KeepsAll()
    {
        Add("abcdefgh");

        Assert.Equal("abcdefgh", Keys());
    }

    [Fact]
    public void Add_BeyondTheCapacity_EvictsUnusedFirst()
    {
        Add("abcdefgh");
        foreach (var (key, snapshot) in _snapshots)
        {
            snapshot.Used = key.Value is not ("!b" or "!e" or "!g");
        }

        Add("i");

        Assert.Equal("acdfhi", Keys());
        Assert.Equal(6, _table.LoadedWeight);
    }

    [Fact]
    public void Add_BeyondTheCapacity_GivesTheOthersASecondChance()
    {
        Add("abcdefgh");
        Add("i");
        var survivors = Keys();
        Add("jk");
        Assert.Equal(survivors + "jk", Keys());

        Add("l");

        Assert.Equal("ijkl", Keys()[^4..]);
    }

    [Fact]
    public void Add_OfSomethingLargerThanTheCapacity_KeepsIt()
    {
        Add("ab");

        Add("c", count: 100);

        Assert.Equal("c", Keys());
    }

    [Fact]
    public void Forget_GivesTheWeightBack()
    {
        Add("abc", count: 1);

        _snapshots = _table.Forget(_table.Forget(_snapshots, Key('a')), Key('z'));

        Assert.Equal(4, _table.LoadedWeight);
    }

    private void Add(string keys, int count = 0)
    {
        foreach (var key in keys)
        {
            var snapshot = new TestTally { Position = StreamPosition.Zero, Count = count };
            _snapshots = LiveEviction.Add(_table, _snapshots, Key(key), snapshot);
        }
    }

    private static RoomId Key(char letter) => RoomId.Parse($"!{letter}");

    private string Keys() => string.Concat(_snapshots.Keys.Select(key => key.Value[1..]).Order());
}
