using System.Text.Json;
using System.Text.Json.Serialization;
using Matrix.Realtime.Errors;
using Matrix.Realtime.Identifiers;
using Microsoft.AspNetCore.Http;

namespace Matrix.Realtime.Rooms.Membership;

/// <summary>The body of an invite: of a user, or of whoever has a third-party identifier.</summary>
internal sealed record InviteRequest
{
    [JsonPropertyName("user_id")]
    public UserId? UserId { get; init; }

    [JsonPropertyName("reason")]
    public string? Reason { get; init; }

    [JsonPropertyName("medium")]
    public JsonElement? Medium { get; init; }

    /// <summary>The user to invite.</summary>
    /// <exception cref="MatrixException">M_THREEPID_DENIED: this server asks no identity servers.</exception>
    public UserId RequireUser() =>
        UserId is { } userId ? userId
        : Medium is null ? throw MatrixException.BadJson("'user_id' is missing.")
        : throw new MatrixException(
            StatusCodes.Status403Forbidden,
            MatrixErrorCodes.ThreepidDenied,
            "This server cannot invite by third-party identifiers.");
}
