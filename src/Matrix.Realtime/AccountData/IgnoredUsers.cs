using System.Collections.Immutable;
using System.Text.Json;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.Events;

namespace Matrix.Realtime.AccountData;

/// <summary>Whom a user ignores, and whom they ignored when.</summary>
internal sealed record IgnoredUsers(
    ImmutableHashSet<UserId> Now, ImmutableDictionary<UserId, ImmutableArray<IgnorePeriod>> Periods)
{
    public static readonly IgnoredUsers None = new([], []);

    /// <summary>
    /// Whether an event of the sender at the position is not to be delivered: they are ignored now, or they were when
    /// they sent it.
    /// </summary>
    public bool Hides(UserId sender, StreamPosition position) =>
        Now.Contains(sender)
        || (Periods.TryGetValue(sender, out var periods)
            && periods.Any(period => period.From <= position && position < period.Until));

    /// <summary>
    /// Whether the sender was ignored at one position and without a break until another, so that nobody can have been
    /// told in between, by a first sync neither.
    /// </summary>
    public bool HidesThroughout(UserId sender, StreamPosition from, StreamPosition until) =>
        Periods.TryGetValue(sender, out var periods)
        && periods.Any(period => period.From <= from && until <= period.Until);

    /// <summary>Those whom the user has begun or ceased to ignore after the position.</summary>
    public IReadOnlySet<UserId> ChangedAfter(StreamPosition position) =>
        Periods.Where(user => user.Value.Any(period =>
                period.From > position || (period.Until > position && period.Until != StreamPosition.Never)))
            .Select(user => user.Key).ToHashSet();

    /// <summary>The users of <c>m.ignored_user_list</c>; whatever is malformed is passed over.</summary>
    public static ImmutableHashSet<UserId> Parse(AccountDataEntry list, UserId owner)
    {
        if (list.IsDeleted
            || !JsonElement.Parse(list.Content).TryGet("ignored_users", JsonValueKind.Object, out var users))
        {
            return [];
        }

        return [.. users.EnumerateObject()
            .Select(user => UserId.TryParse(user.Name, out var userId) ? userId : owner)
            .Where(userId => userId != owner)];
    }

    /// <summary>The state after the list was set at a position.</summary>
    public IgnoredUsers With(ImmutableHashSet<UserId> listed, StreamPosition position)
    {
        var periods = Periods.ToBuilder();
        foreach (var added in listed.Except(Now))
        {
            periods[added] = periods.GetValueOrDefault(added, []).Add(new(position, StreamPosition.Never));
        }

        foreach (var removed in Now.Except(listed))
        {
            periods[removed] = [.. periods[removed].SkipLast(1), periods[removed][^1] with { Until = position }];
        }

        return new(listed, periods.ToImmutable());
    }
}
