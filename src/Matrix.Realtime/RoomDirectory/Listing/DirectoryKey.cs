namespace Matrix.Realtime.RoomDirectory.Listing;

/// <summary>The key of the one list of public rooms that a server has.</summary>
internal readonly record struct DirectoryKey;
