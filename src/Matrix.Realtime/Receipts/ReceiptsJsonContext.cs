using System.Text.Json.Serialization;

namespace Matrix.Realtime.Receipts;

[JsonSerializable(typeof(ReceiptRequest))]
internal sealed partial class ReceiptsJsonContext : JsonSerializerContext;
