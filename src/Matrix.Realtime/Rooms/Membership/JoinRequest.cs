using System.Text.Json;
using System.Text.Json.Serialization;
using Matrix.Realtime.Errors;

namespace Matrix.Realtime.Rooms.Membership;

/// <summary>The body of a join.</summary>
internal sealed record JoinRequest
{
    [JsonPropertyName("reason")]
    public string? Reason { get; init; }

    [JsonPropertyName("third_party_signed")]
    public JsonElement? ThirdPartySigned { get; init; }

    /// <exception cref="MatrixException">The join rests on an invite that only an identity server could
    /// confirm.</exception>
    public void RequireVerifiable()
    {
        if (ThirdPartySigned is not null)
        {
            throw MatrixException.Forbidden("This server cannot verify third-party invites.");
        }
    }
}
