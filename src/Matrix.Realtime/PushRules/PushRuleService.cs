using Matrix.Realtime.Errors;
using Matrix.Realtime.Http;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.PushRules;

/// <summary>The push rules of users: read by whoever evaluates them, changed by their owner alone.</summary>
internal sealed class PushRuleService(
    ChangeWriter writer, LiveState live, PushRulesTable pushRules, DefaultPushRules defaults)
{
    /// <summary>How much one user may store.</summary>
    private const int MaxBytes = 512 * 1024;

    /// <summary>All push rules of a user as of a view, or newer.</summary>
    public ValueTask<UserPushRules> GetAsync(LiveView view, UserId userId, CancellationToken cancellationToken) =>
        live.GetAsync(view, pushRules, userId, cancellationToken);

    /// <summary>All present push rules of a user.</summary>
    public ValueTask<UserPushRules> GetAsync(UserId userId, CancellationToken cancellationToken) =>
        GetAsync(live.Current, userId, cancellationToken);

    /// <summary>One rule of the requester's.</summary>
    /// <exception cref="MatrixException">404 when there is none of that name.</exception>
    public async Task<PushRule> GetRuleAsync(
        Requester requester, PushRuleKey key, CancellationToken cancellationToken) =>
        (await GetAsync(requester.UserId, cancellationToken)).Find(key) ?? throw NoSuchRule();

    /// <summary>Makes a rule, or replaces one without enabling it.</summary>
    /// <exception cref="MatrixException">400 when there is no such rule to put it beside.</exception>
    public Task PutAsync(
        Requester requester, PushRule rule, PushRulePlace place, CancellationToken cancellationToken) =>
        ChangeAsync(requester, changes => changes.Put(rule, place), cancellationToken);

    /// <summary>Deletes a rule that the requester made.</summary>
    /// <exception cref="MatrixException">404 when there is none of that name.</exception>
    public Task DeleteAsync(Requester requester, PushRuleKey key, CancellationToken cancellationToken)
    {
        key.RequireOfUser();
        return ChangeAsync(requester, changes => changes.Remove(key), cancellationToken);
    }

    /// <summary>Changes a rule, also one that the server made.</summary>
    /// <exception cref="MatrixException">404 when there is none of that name.</exception>
    public Task ChangeRuleAsync(
        Requester requester, PushRuleKey key, Func<PushRule, PushRule> change, CancellationToken cancellationToken) =>
        ChangeAsync(requester, changes => changes.Change(defaults, key, change), cancellationToken);

    /// <summary>Gives a room the rules that its user has for another, as a part of a batch.</summary>
    public ValueTask CopyRoomRulesAsync(ChangeBatch batch, UserId owner, RoomId from, RoomId to) =>
        WriteAsync(batch, owner, changes => changes.CopyRoom(from, to));

    private static MatrixException NoSuchRule() => MatrixException.NotFound("There is no such push rule.");

    private async Task ChangeAsync(
        Requester requester, Func<PushRuleChanges, PushRuleChanges?> change, CancellationToken cancellationToken)
    {
        // Loads what is not live before the writer's loop would have to wait for it.
        await GetAsync(requester.UserId, cancellationToken);
        await writer.SubmitAsync(batch => WriteAsync(batch, requester.UserId, change), cancellationToken);
    }

    private async ValueTask WriteAsync(
        ChangeBatch batch, UserId owner, Func<PushRuleChanges, PushRuleChanges?> change)
    {
        var before = (await batch.GetAsync(pushRules, owner)).Changes;
        var after = change(before) ?? throw NoSuchRule();
        var utf8 = after.Serialize();
        if (utf8.AsSpan().SequenceEqual(before.Serialize()))
        {
            return;
        }

        if (utf8.Length > MaxBytes)
        {
            throw MatrixException.TooLarge("You have too many push rules.");
        }

        var position = batch.Append(new PushRulesChange(owner, after));
        batch.Upsert(new PushRulesRow { UserId = owner, Changes = utf8, Position = position });
    }
}
