namespace Matrix.Realtime.Benchmarks.Floors;

/// <summary>
/// The rows that one call of the homeserver writes: the first columns are the key, and a row that exists is replaced.
/// </summary>
internal sealed record FloorTable(
    string Name, bool IsDurable, int Keys, IReadOnlyList<FloorColumn> Columns, params string[] Indexes)
{
    public const string CreateHead =
        "CREATE TABLE stream_head (id bigint PRIMARY KEY, position bigint, batch bigint); INSERT INTO stream_head VALUES (1, 0, 0)";

    public static readonly FloorTable Typing = new(
        "typing", IsDurable: false, Keys: 2,
        [
            FloorColumn.Text("room_id"), FloorColumn.Text("user_id"), FloorColumn.Flag("is_typing"),
            FloorColumn.Number("position"),
        ]);

    public static readonly FloorTable Presence = new(
        "presence", IsDurable: false, Keys: 1,
        [
            FloorColumn.Text("user_id"), FloorColumn.Text("state"), FloorColumn.Text("status_msg"),
            FloorColumn.Number("last_active_ts"), FloorColumn.Number("position"),
        ]);

    public static readonly FloorTable Events = new(
        "events", IsDurable: true, Keys: 1,
        [
            FloorColumn.Number("position"), FloorColumn.Text("room_id"), FloorColumn.Text("event_id"),
            FloorColumn.Text("room_version"), FloorColumn.Text("sender"), FloorColumn.Number("origin_server_ts"),
            FloorColumn.Bytes("json"), FloorColumn.Text("device_id"), FloorColumn.Text("transaction_id"),
        ],
        "event_id", "room_id, position", "sender, device_id, origin_server_ts");

    public static readonly FloorTable AccountData = new(
        "account_data", IsDurable: true, Keys: 3,
        [
            FloorColumn.Text("user_id"), FloorColumn.Text("scope"), FloorColumn.Text("type"), FloorColumn.Bytes("content"),
            FloorColumn.Number("position"),
        ]);

    public static readonly FloorTable Receipts = new(
        "receipts", IsDurable: true, Keys: 4,
        [
            FloorColumn.Text("user_id"), FloorColumn.Text("room_id"), FloorColumn.Text("type"), FloorColumn.Text("category"),
            FloorColumn.Text("event_id"), FloorColumn.Number("event_position"), FloorColumn.Number("ts"),
            FloorColumn.Number("position"),
        ],
        "room_id, position");

    public static readonly FloorTable ToDeviceMessages = new(
        "to_device_messages", IsDurable: true, Keys: 1,
        [
            FloorColumn.Number("position"), FloorColumn.Text("user_id"), FloorColumn.Text("device_id"),
            FloorColumn.Text("sender"), FloorColumn.Text("type"), FloorColumn.Bytes("content"),
        ],
        "user_id, device_id, position");

    public static readonly FloorTable ToDeviceTransactions = new(
        "to_device_transactions", IsDurable: true, Keys: 1,
        [
            FloorColumn.Number("position"), FloorColumn.Text("user_id"), FloorColumn.Text("device_id"),
            FloorColumn.Text("event_type"), FloorColumn.Text("transaction_id"), FloorColumn.Number("sent_ts"),
        ],
        "user_id, device_id");

    public static readonly IReadOnlyList<FloorTable> All =
        [Typing, Presence, Events, AccountData, Receipts, ToDeviceMessages, ToDeviceTransactions];

    public IEnumerable<string> CreateSql() =>
    [
        $"CREATE TABLE {Name} ({string.Join(", ", Columns.Select(column => $"{column.Name} {column.Type}"))}, PRIMARY KEY ({KeyNames}))",
        .. Indexes.Select((columns, index) => $"CREATE INDEX {Name}_{index} ON {Name} ({columns})"),
    ];

    /// <summary>Inserts what the source gives, replacing rows of the same key.</summary>
    public string UpsertSql(string source)
    {
        var changes = Columns.Skip(Keys).Select(column => $"{column.Name} = excluded.{column.Name}");
        var names = string.Join(", ", Columns.Select(column => column.Name));
        return $"INSERT INTO {Name} ({names}) {source} ON CONFLICT ({KeyNames}) DO UPDATE SET {string.Join(", ", changes)}";
    }

    private string KeyNames => string.Join(", ", Columns.Take(Keys).Select(column => column.Name));
}
