namespace Matrix.Realtime;

/// <summary>The list of public rooms.</summary>
public sealed class RoomDirectoryOptions
{
    /// <summary>Whether <c>GET /publicRooms</c> answers those who are not logged in.</summary>
    public bool AllowAnonymous { get; set; } = true;
}
