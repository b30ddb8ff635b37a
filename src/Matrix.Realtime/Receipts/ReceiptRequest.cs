using System.Text.Json;
using System.Text.Json.Serialization;

namespace Matrix.Realtime.Receipts;

/// <summary>The body of <c>postReceipt</c>.</summary>
internal sealed record ReceiptRequest
{
    /// <summary>The root of a thread, or <c>main</c>; absent for the whole room.</summary>
    [JsonPropertyName("thread_id")]
    public JsonElement ThreadId { get; init; }

    /// <summary>Whether the read marker may go back (MSC4446).</summary>
    [JsonPropertyName("allow_backward")]
    public bool AllowBackward { get; init; }

    [JsonPropertyName("com.beeper.allow_backward")]
    public bool UnstableAllowBackward { get; init; }

    [JsonIgnore]
    public bool MayGoBack => AllowBackward || UnstableAllowBackward;

    [JsonIgnore]
    public bool IsThreaded => ThreadId.ValueKind != JsonValueKind.Undefined;

    /// <summary>What of the room the receipt covers.</summary>
    [JsonIgnore]
    public string Category => IsThreaded ? ThreadId.GetString()! : ReceiptCategories.Unthreaded;
}
