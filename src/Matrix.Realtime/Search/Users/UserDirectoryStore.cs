using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.Events;
using Matrix.Realtime.Rooms.State;
using Matrix.Realtime.Storage;
using Microsoft.EntityFrameworkCore;

namespace Matrix.Realtime.Search.Users;

/// <summary>Finds users by their words, among those that the searcher may know of.</summary>
internal sealed class UserDirectoryStore(IDbContextFactory<MatrixDbContext> databases)
{
    /// <summary>What every prefix is put before to come after all words that begin with it.</summary>
    private const string Last = "\U0010FFFF";

    /// <summary>
    /// The first users of whom every prefix begins a word, in the order of the words that the first prefix begins, so
    /// that those come first who are called just that.
    /// </summary>
    /// <param name="searcher">Who searches; not found themselves.</param>
    /// <param name="rooms">The rooms whose members they see besides those of open rooms.</param>
    /// <param name="prefixes">At least one.</param>
    /// <param name="limit">How many are wanted.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public async Task<List<UserId>> FindAsync(
        UserId searcher,
        IReadOnlyList<RoomId> rooms,
        IReadOnlyList<string> prefixes,
        int limit,
        CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var words = database.Set<UserWordRow>();
        var found = Beginning(words, prefixes[0]).Where(word => word.StateKey != searcher.Value);

        // A user with several such words counts by the first of them.
        var first = Beginning(words, prefixes[0]);
        found = found.Where(word => !first.Any(
            other => other.StateKey == word.StateKey && string.Compare(other.Word, word.Word) < 0));
        foreach (var prefix in prefixes.Skip(1))
        {
            var others = Beginning(words, prefix);
            found = found.Where(word => others.Any(other => other.StateKey == word.StateKey));
        }

        var open = database.Set<OpenRoomRow>();
        var joined = database.Set<StateRow>().Where(state =>
            state.Type == EventTypes.Member && state.Membership == Memberships.Join && state.Until == StreamPosition.Never);
        var known = joined.Where(state => EF.Parameter(rooms).Contains(state.RoomId)
            || open.Any(room => room.RoomId == state.RoomId));
        var users = await found.Where(word => known.Any(state => state.StateKey == word.StateKey))
            .OrderBy(word => word.Word).ThenBy(word => word.StateKey)
            .Select(word => word.StateKey).Take(limit)
            .ToListAsync(cancellationToken);
        return [.. users.Select(UserId.Parse)];
    }

    private static IQueryable<UserWordRow> Beginning(IQueryable<UserWordRow> words, string prefix)
    {
        var end = prefix + Last;
        return words.Where(word => string.Compare(word.Word, prefix) >= 0 && string.Compare(word.Word, end) < 0);
    }
}
