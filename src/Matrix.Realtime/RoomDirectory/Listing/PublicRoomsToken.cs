using System.Globalization;
using Matrix.Realtime.Errors;
using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.RoomDirectory.Listing;

/// <summary>
/// Where a page ends, and on which side of it the next one lies. A place, not a number of rooms: what comes and goes
/// elsewhere in the list moves nothing here.
/// </summary>
internal readonly record struct PublicRoomsToken(bool IsBackwards, ListingOrder Place)
{
    private const char Backwards = 'p';
    private const char Forwards = 'n';

    public static PublicRoomsToken Parse(string text)
    {
        var separator = text.IndexOf('_');
        return separator > 0
            && text[0] is Backwards or Forwards
            && int.TryParse(text[1..separator], NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && RoomId.TryParse(text[(separator + 1)..], out var roomId)
                ? new PublicRoomsToken(text[0] == Backwards, new(count, roomId))
                : throw MatrixException.InvalidParam("'since' is not a token of this server.");
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{(IsBackwards ? Backwards : Forwards)}{Place.JoinedCount}_{Place.RoomId}");
}
