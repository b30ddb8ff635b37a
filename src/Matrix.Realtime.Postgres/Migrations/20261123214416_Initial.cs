using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Matrix.Realtime.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "access_tokens",
                columns: table => new
                {
                    token_hash = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    user_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    device_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    created_ts = table.Column<long>(type: "bigint", nullable: false),
                    expires_ts = table.Column<long>(type: "bigint", nullable: true),
                    refresh_token_hash = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    is_unused = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_access_tokens", x => x.token_hash);
                });

            migrationBuilder.CreateTable(
                name: "account_data",
                columns: table => new
                {
                    user_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    scope = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    type = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    content = table.Column<byte[]>(type: "bytea", nullable: false),
                    position = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_account_data", x => new { x.user_id, x.scope, x.type });
                });

            migrationBuilder.CreateTable(
                name: "devices",
                columns: table => new
                {
                    user_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    device_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    display_name = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    created_ts = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_devices", x => new { x.user_id, x.device_id });
                });

            migrationBuilder.CreateTable(
                name: "events",
                columns: table => new
                {
                    position = table.Column<long>(type: "bigint", nullable: false),
                    room_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    event_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    room_version = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    sender = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    origin_server_ts = table.Column<long>(type: "bigint", nullable: false),
                    json = table.Column<byte[]>(type: "bytea", nullable: false),
                    device_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    transaction_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    redacted_by = table.Column<long>(type: "bigint", nullable: true),
                    replaces = table.Column<long>(type: "bigint", nullable: true),
                    thread_root = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    member_count = table.Column<int>(type: "integer", nullable: false),
                    may_notify_room = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_events", x => x.position);
                });

            migrationBuilder.CreateTable(
                name: "filters",
                columns: table => new
                {
                    user_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    filter_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    definition = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_filters", x => new { x.user_id, x.filter_id });
                });

            migrationBuilder.CreateTable(
                name: "forgotten_rooms",
                columns: table => new
                {
                    user_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    room_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    position = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_forgotten_rooms", x => new { x.user_id, x.room_id });
                });

            migrationBuilder.CreateTable(
                name: "ignored_users",
                columns: table => new
                {
                    user_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    ignored_user_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    from = table.Column<long>(type: "bigint", nullable: false),
                    until = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_ignored_users", x => new { x.user_id, x.ignored_user_id, x.from });
                });

            migrationBuilder.CreateTable(
                name: "open_rooms",
                columns: table => new
                {
                    room_id = table.Column<string>(type: "text", nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_open_rooms", x => x.room_id);
                });

            migrationBuilder.CreateTable(
                name: "presence",
                columns: table => new
                {
                    user_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    state = table.Column<int>(type: "integer", nullable: false),
                    status_message = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    currently_active = table.Column<bool>(type: "boolean", nullable: false),
                    last_active_ts = table.Column<long>(type: "bigint", nullable: false),
                    display_name = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    avatar_url = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    position = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_presence", x => x.user_id);
                });

            migrationBuilder.CreateTable(
                name: "profiles",
                columns: table => new
                {
                    user_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    key = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    value = table.Column<byte[]>(type: "bytea", nullable: false),
                    position = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_profiles", x => new { x.user_id, x.key });
                });

            migrationBuilder.CreateTable(
                name: "published_rooms",
                columns: table => new
                {
                    room_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    is_published = table.Column<bool>(type: "boolean", nullable: false),
                    position = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_published_rooms", x => x.room_id);
                });

            migrationBuilder.CreateTable(
                name: "push_rules",
                columns: table => new
                {
                    user_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    changes = table.Column<byte[]>(type: "bytea", nullable: false),
                    position = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_push_rules", x => x.user_id);
                });

            migrationBuilder.CreateTable(
                name: "receipts",
                columns: table => new
                {
                    user_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    room_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    type = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    category = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    event_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    event_position = table.Column<long>(type: "bigint", nullable: false),
                    ts = table.Column<long>(type: "bigint", nullable: false),
                    position = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_receipts", x => new { x.user_id, x.room_id, x.type, x.category });
                });

            migrationBuilder.CreateTable(
                name: "refresh_tokens",
                columns: table => new
                {
                    token_hash = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    user_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    device_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    created_ts = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_refresh_tokens", x => x.token_hash);
                });

            migrationBuilder.CreateTable(
                name: "relations",
                columns: table => new
                {
                    position = table.Column<long>(type: "bigint", nullable: false),
                    depth = table.Column<int>(type: "integer", nullable: false),
                    room_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    event_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    target = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    rel_type = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    type = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    sender = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    origin_server_ts = table.Column<long>(type: "bigint", nullable: false),
                    key = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    has_new_content = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_relations", x => new { x.position, x.depth });
                });

            migrationBuilder.CreateTable(
                name: "reports",
                columns: table => new
                {
                    report_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    reporter = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    room_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    event_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    user_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    reason = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    score = table.Column<long>(type: "bigint", nullable: true),
                    created_ts = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_reports", x => x.report_id);
                });

            migrationBuilder.CreateTable(
                name: "room_aliases",
                columns: table => new
                {
                    alias = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    room_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    creator = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    position = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_room_aliases", x => x.alias);
                });

            migrationBuilder.CreateTable(
                name: "rooms",
                columns: table => new
                {
                    room_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    version = table.Column<string>(type: "text", nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_rooms", x => x.room_id);
                });

            migrationBuilder.CreateTable(
                name: "searchable_events",
                columns: table => new
                {
                    position = table.Column<long>(type: "bigint", nullable: false),
                    room_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    sender = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    key = table.Column<int>(type: "integer", nullable: false),
                    word_count = table.Column<int>(type: "integer", nullable: false),
                    words = table.Column<string>(type: "text", nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_searchable_events", x => x.position);
                });

            migrationBuilder.CreateTable(
                name: "signing_keys",
                columns: table => new
                {
                    key_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    seed = table.Column<byte[]>(type: "bytea", nullable: false),
                    created_ts = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_signing_keys", x => x.key_id);
                });

            migrationBuilder.CreateTable(
                name: "state",
                columns: table => new
                {
                    room_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    type = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    state_key = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    from = table.Column<long>(type: "bigint", nullable: false),
                    until = table.Column<long>(type: "bigint", nullable: false),
                    membership = table.Column<string>(type: "text", nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_state", x => new { x.room_id, x.type, x.state_key, x.from });
                });

            migrationBuilder.CreateTable(
                name: "stream_head",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    position = table.Column<long>(type: "bigint", nullable: false),
                    writer = table.Column<Guid>(type: "uuid", nullable: false),
                    batch = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_stream_head", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "threads",
                columns: table => new
                {
                    room_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    root = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    latest = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_threads", x => new { x.room_id, x.root });
                });

            migrationBuilder.CreateTable(
                name: "typing",
                columns: table => new
                {
                    room_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    user_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    is_typing = table.Column<bool>(type: "boolean", nullable: false),
                    position = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_typing", x => new { x.room_id, x.user_id });
                });

            migrationBuilder.CreateTable(
                name: "uia_sessions",
                columns: table => new
                {
                    session_hash = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    purpose = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    sealed_request = table.Column<byte[]>(type: "bytea", nullable: false),
                    completed = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    created_ts = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_uia_sessions", x => x.session_hash);
                });

            migrationBuilder.CreateTable(
                name: "user_words",
                columns: table => new
                {
                    state_key = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    word = table.Column<string>(type: "text", nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_user_words", x => new { x.state_key, x.word });
                });

            migrationBuilder.CreateTable(
                name: "users",
                columns: table => new
                {
                    user_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    password_hash = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    created_ts = table.Column<long>(type: "bigint", nullable: false),
                    deactivated = table.Column<bool>(type: "boolean", nullable: false),
                    restriction = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_users", x => x.user_id);
                });

            migrationBuilder.InsertData(
                table: "stream_head",
                columns: new[] { "id", "batch", "position", "writer" },
                values: new object[] { 1, 0L, 0L, new Guid("00000000-0000-0000-0000-000000000000") });

            migrationBuilder.CreateIndex(
                name: "ix_access_tokens_user_id_device_id",
                table: "access_tokens",
                columns: new[] { "user_id", "device_id" });

            migrationBuilder.CreateIndex(
                name: "ix_account_data_position",
                table: "account_data",
                column: "position");

            migrationBuilder.CreateIndex(
                name: "ix_events_event_id",
                table: "events",
                column: "event_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_events_room_id_origin_server_ts",
                table: "events",
                columns: new[] { "room_id", "origin_server_ts" });

            migrationBuilder.CreateIndex(
                name: "ix_events_room_id_position",
                table: "events",
                columns: new[] { "room_id", "position" });

            migrationBuilder.CreateIndex(
                name: "ix_events_room_id_thread_root_position",
                table: "events",
                columns: new[] { "room_id", "thread_root", "position" },
                filter: "thread_root IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_events_sender_device_id_origin_server_ts",
                table: "events",
                columns: new[] { "sender", "device_id", "origin_server_ts" },
                filter: "transaction_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_forgotten_rooms_position",
                table: "forgotten_rooms",
                column: "position");

            migrationBuilder.CreateIndex(
                name: "ix_presence_position",
                table: "presence",
                column: "position");

            migrationBuilder.CreateIndex(
                name: "ix_profiles_position",
                table: "profiles",
                column: "position");

            migrationBuilder.CreateIndex(
                name: "ix_published_rooms_position",
                table: "published_rooms",
                column: "position");

            migrationBuilder.CreateIndex(
                name: "ix_push_rules_position",
                table: "push_rules",
                column: "position");

            migrationBuilder.CreateIndex(
                name: "ix_receipts_room_id_position",
                table: "receipts",
                columns: new[] { "room_id", "position" });

            migrationBuilder.CreateIndex(
                name: "ix_refresh_tokens_user_id_device_id",
                table: "refresh_tokens",
                columns: new[] { "user_id", "device_id" });

            migrationBuilder.CreateIndex(
                name: "ix_relations_target_position",
                table: "relations",
                columns: new[] { "target", "position" });

            migrationBuilder.CreateIndex(
                name: "ix_relations_target_sender",
                table: "relations",
                columns: new[] { "target", "sender" });

            migrationBuilder.CreateIndex(
                name: "ix_reports_created_ts",
                table: "reports",
                column: "created_ts");

            migrationBuilder.CreateIndex(
                name: "ix_room_aliases_position",
                table: "room_aliases",
                column: "position");

            migrationBuilder.CreateIndex(
                name: "ix_room_aliases_room_id",
                table: "room_aliases",
                column: "room_id",
                filter: "room_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_state_room_id_from",
                table: "state",
                columns: new[] { "room_id", "from" });

            migrationBuilder.CreateIndex(
                name: "ix_state_room_id_until",
                table: "state",
                columns: new[] { "room_id", "until" });

            migrationBuilder.CreateIndex(
                name: "ix_state_state_key",
                table: "state",
                column: "state_key",
                filter: "membership IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_threads_room_id_latest",
                table: "threads",
                columns: new[] { "room_id", "latest" });

            migrationBuilder.CreateIndex(
                name: "ix_uia_sessions_created_ts",
                table: "uia_sessions",
                column: "created_ts");

            migrationBuilder.CreateIndex(
                name: "ix_user_words_word_state_key",
                table: "user_words",
                columns: new[] { "word", "state_key" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "access_tokens");

            migrationBuilder.DropTable(
                name: "account_data");

            migrationBuilder.DropTable(
                name: "devices");

            migrationBuilder.DropTable(
                name: "events");

            migrationBuilder.DropTable(
                name: "filters");

            migrationBuilder.DropTable(
                name: "forgotten_rooms");

            migrationBuilder.DropTable(
                name: "ignored_users");

            migrationBuilder.DropTable(
                name: "open_rooms");

            migrationBuilder.DropTable(
                name: "presence");

            migrationBuilder.DropTable(
                name: "profiles");

            migrationBuilder.DropTable(
                name: "published_rooms");

            migrationBuilder.DropTable(
                name: "push_rules");

            migrationBuilder.DropTable(
                name: "receipts");

            migrationBuilder.DropTable(
                name: "refresh_tokens");

            migrationBuilder.DropTable(
                name: "relations");

            migrationBuilder.DropTable(
                name: "reports");

            migrationBuilder.DropTable(
                name: "room_aliases");

            migrationBuilder.DropTable(
                name: "rooms");

            migrationBuilder.DropTable(
                name: "searchable_events");

            migrationBuilder.DropTable(
                name: "signing_keys");

            migrationBuilder.DropTable(
                name: "state");

            migrationBuilder.DropTable(
                name: "stream_head");

            migrationBuilder.DropTable(
                name: "threads");

            migrationBuilder.DropTable(
                name: "typing");

            migrationBuilder.DropTable(
                name: "uia_sessions");

            migrationBuilder.DropTable(
                name: "user_words");

            migrationBuilder.DropTable(
                name: "users");
        }
    }
}
