using FsCheck;
using FsCheck.Fluent;
using Matrix.Realtime.Tests.Receipts;

namespace Matrix.Realtime.Tests.UnreadCounts;

/// <summary>What happens in a room, in order; printed one step a line.</summary>
internal sealed record CountSteps(IReadOnlyList<CountStep> Steps)
{
    private static readonly Gen<int> Users = Gen.Choose(0, CountWorld.UserCount - 1);

    private static readonly Gen<int> Events = Gen.Frequency((3, Gen.Choose(0, 3)), (1, Gen.Choose(0, 30)));

    private static readonly Gen<string?> Relations = Gen.Frequency<string?>(
        (4, Gen.Constant<string?>(null)),
        (4, Gen.Constant<string?>("m.thread")),
        (1, Gen.Constant<string?>("m.replace")),
        (1, Gen.Constant<string?>("m.reference")));

    private static readonly Gen<Said> Sayings = Gen.Frequency(
        (5, Gen.Constant(Said.Plain)),
        (6, Gen.Elements(
            Said.Notice, Said.Keyword, Said.Mention, Said.Name, Said.RoomMention, Said.Reaction)));

    private static readonly Gen<CountStep> Any = Gen.Frequency<CountStep>(
        (80, from user in Users
             from what in Sayings
             from of in Users
             from relation in Relations
             from to in Events
             let relates = what == Said.Reaction ? "m.annotation" : relation
             select (CountStep)new CountStep.Say(user, what, of, relates, to)),
        (1, Users.Select(CountStep (by) => new CountStep.Flood(by))),
        (10, Pair(Users, Events, (by, target) => new CountStep.Redact(by, target))),
        (36, from user in Users
             from target in Events
             from type in Gen.Elements(ReceiptRequests.Public, ReceiptRequests.Private)
             from scope in Gen.Elements(Enum.GetValues<ReadScope>())
             select (CountStep)new CountStep.Read(user, target, type, scope)),
        (10, Pair(Users, Gen.Elements(Enum.GetValues<RuleOf>()), (by, rule) => new CountStep.ChangeRule(by, rule))),
        (6, Pair(Users, Users, (by, of) => new CountStep.Ignore(by, of))),
        (8, Users.Select(CountStep (by) => new CountStep.ComeOrGo(by))),
        (40, from user in Users
             from device in Gen.Choose(0, CountWorld.DeviceCount - 1)
             from byThread in Gen.Elements(true, false)
             select (CountStep)new CountStep.Sync(user, device, byThread)),
        (6, Gen.Fresh(CountStep () => new CountStep.Evict())));

    public static Arbitrary<CountSteps> Arbitrary => Arb.From(
        Gen.Choose(5, 60).SelectMany(length => Any.ArrayOf(length)).Select(steps => new CountSteps(steps)),
        steps => steps.Shrink());

    public override string ToString() => string.Join('\n', Steps.Prepend((object)""));

    private static Gen<CountStep> Pair<T>(Gen<int> first, Gen<T> second, Func<int, T, CountStep> make) =>
        first.SelectMany(one => second.Select(two => make(one, two)));

    /// <summary>The same without a part, of half the steps first and of a single one at last.</summary>
    private IEnumerable<CountSteps> Shrink()
    {
        for (var size = (Steps.Count + 1) / 2; size > 0; size = size == 1 ? 0 : (size + 1) / 2)
        {
            for (var start = 0; start < Steps.Count; start += size)
            {
                yield return new([.. Steps.Take(start), .. Steps.Skip(start + size)]);
            }
        }
    }
}
