namespace Matrix.Realtime.Benchmarks.Floors;

/// <summary>
/// Who shares rooms with whom when all come online at once: each user is in up to five of the rooms, spread evenly.
/// </summary>
internal static class StormRooms
{
    public const int Users = 2000;
    public const int Count = 50;

    private const int RoomsOfUser = 5;

    public static IEnumerable<int> RoomsOf(int user)
    {
        var step = 1 + (user / Count);
        return Enumerable.Range(0, RoomsOfUser).Select(index => (user + (index * step)) % Count).Distinct();
    }

    public static IEnumerable<int> MembersOf(int room) =>
        Enumerable.Range(0, Users).Where(user => RoomsOf(user).Contains(room));
}
