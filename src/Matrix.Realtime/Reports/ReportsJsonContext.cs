using System.Text.Json.Serialization;

namespace Matrix.Realtime.Reports;

[JsonSerializable(typeof(EventReportRequest))]
[JsonSerializable(typeof(ReportRequest))]
internal sealed partial class ReportsJsonContext : JsonSerializerContext;
