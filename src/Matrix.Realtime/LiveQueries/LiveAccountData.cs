using System.Text.Json;
using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.LiveQueries;

/// <summary>A user's account data was written or deleted: what their clients keep with the server.</summary>
public record LiveAccountData : LiveChange
{
    internal LiveAccountData()
    {
    }

    /// <summary>The room that it is kept for; null for what is global.</summary>
    public RoomId? RoomId { get; init; }

    /// <summary>The type, such as <c>m.direct</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The whole content, a JSON object; empty once it is deleted.</summary>
    public required JsonElement Content { get; init; }

    /// <summary>Whether there is none of this type any longer.</summary>
    public bool IsDeleted { get; init; }
}
