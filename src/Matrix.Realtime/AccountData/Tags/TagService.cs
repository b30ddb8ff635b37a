using System.Text;
using System.Text.Json;
using Matrix.Realtime.Errors;
using Matrix.Realtime.Http;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.Events;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.AccountData.Tags;

/// <summary>
/// The tags that a user gives a room: another view of its <c>m.tag</c> account data, read and written one by one.
/// </summary>
internal sealed class TagService(
    AccountDataService accountData, AccountDataWriter writer, AccountDataSize size, LiveState live)
{
    private const int MaxNameBytes = 255;

    /// <summary>All tags of the room, as <c>{"tags":{…}}</c>.</summary>
    /// <exception cref="MatrixException">403 for another user's.</exception>
    public async Task<ReadOnlyMemory<byte>> GetAsync(
        Requester requester, UserId userId, RoomId roomId, CancellationToken cancellationToken)
    {
        AccountDataService.RequireOwn(requester, userId);
        var state = await accountData.GetAsync(live.Current, userId, cancellationToken);
        return TagMap.Parse(state.Find(roomId, AccountDataTypes.Tag)?.Content).TagsOnly();
    }

    /// <summary>Adds a tag, or replaces what it says.</summary>
    /// <exception cref="MatrixException">403 for another user's, 400 for a name or an order that no tag may have, 413
    /// when the room has too many tags.</exception>
    public async Task SetAsync(
        Requester requester,
        UserId userId,
        RoomId roomId,
        string tag,
        JsonElement content,
        CancellationToken cancellationToken)
    {
        AccountDataService.RequireOwn(requester, userId);
        RequireName(tag);
        RequireOrder(content);
        await writer.UpdateAsync(
            userId,
            roomId,
            AccountDataTypes.Tag,
            present =>
            {
                var written = TagMap.Parse(present).With(tag, content).ToBytes();
                size.Require(AccountDataTypes.Tag, written);
                return written;
            },
            cancellationToken);
    }

    /// <summary>Removes a tag, if the room has it.</summary>
    /// <exception cref="MatrixException">403 for another user's.</exception>
    public async Task RemoveAsync(
        Requester requester, UserId userId, RoomId roomId, string tag, CancellationToken cancellationToken)
    {
        AccountDataService.RequireOwn(requester, userId);
        await writer.UpdateAsync(
            userId,
            roomId,
            AccountDataTypes.Tag,
            present => TagMap.Parse(present) is var map && map.Contains(tag) ? map.Without(tag).ToBytes() : present,
            cancellationToken);
    }

    private static void RequireName(string tag)
    {
        if (Encoding.UTF8.GetByteCount(tag) > MaxNameBytes)
        {
            throw MatrixException.InvalidParam($"A tag's name must not be longer than {MaxNameBytes} bytes.");
        }
    }

    private static void RequireOrder(JsonElement content)
    {
        if (!content.TryGet("order", out var order))
        {
            return;
        }

        if (order.ValueKind != JsonValueKind.Number)
        {
            throw MatrixException.BadJson("'order' must be a number.");
        }

        if (order.GetDouble() is not (>= 0 and <= 1))
        {
            throw MatrixException.InvalidParam("'order' must be between 0 and 1.");
        }
    }
}
