using Matrix.Realtime.Accounts.Management;
using Matrix.Realtime.Accounts.Registration;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Profiles;
using Matrix.Realtime.Storage;
using Matrix.Realtime.Streams;
using Microsoft.EntityFrameworkCore;

namespace Matrix.Realtime.Search.Users;

/// <summary>Keeps the words by which users are found.</summary>
internal sealed class UserWordParticipant(ChangeWriter writer)
    : IRegistrationParticipant, IProfileParticipant, IDeactivationParticipant
{
    public void OnRegistered(ChangeBatch batch, UserId userId)
    {
        foreach (var word in UserNames.WordsOf(userId, displayName: null))
        {
            batch.Upsert(ToRow(userId, word));
        }
    }

    public ValueTask OnProfileChangedAsync(
        ChangeBatch batch, UserId userId, ProfileState before, ProfileState after)
    {
        if (before.DisplayName == after.DisplayName)
        {
            return ValueTask.CompletedTask;
        }

        var words = UserNames.WordsOf(userId, after.DisplayName);
        foreach (var gone in UserNames.WordsOf(userId, before.DisplayName).Except(words))
        {
            batch.Delete(ToRow(userId, gone));
        }

        foreach (var word in words)
        {
            batch.Upsert(ToRow(userId, word));
        }

        return ValueTask.CompletedTask;
    }

    public Task OnDeactivatedAsync(UserId userId) => writer.SubmitAsync(
        async batch =>
        {
            var words = await batch.ReadAsync((database, cancellationToken) => database.Set<UserWordRow>()
                .AsNoTracking().Where(row => row.StateKey == userId.Value).ToListAsync(cancellationToken));
            foreach (var word in words)
            {
                batch.Delete(word);
            }
        },
        CancellationToken.None);

    public async Task<List<UserId>> FindUnfinishedAsync(
        MatrixDbContext database, IReadOnlyList<UserId> deactivated, CancellationToken cancellationToken)
    {
        var stateKeys = deactivated.Select(userId => userId.Value).ToList();
        var found = await database.Set<UserWordRow>().Where(row => EF.Parameter(stateKeys).Contains(row.StateKey))
            .Select(row => row.StateKey).Distinct().ToListAsync(cancellationToken);
        return [.. found.Select(UserId.Parse)];
    }

    private static UserWordRow ToRow(UserId userId, string word) => new() { StateKey = userId.Value, Word = word };
}
