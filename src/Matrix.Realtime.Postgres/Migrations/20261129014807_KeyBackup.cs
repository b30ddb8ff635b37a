using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Matrix.Realtime.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class KeyBackup : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "key_backups",
                columns: table => new
                {
                    user_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    algorithm = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    auth_data = table.Column<byte[]>(type: "bytea", nullable: false),
                    etag = table.Column<long>(type: "bigint", nullable: false),
                    count = table.Column<long>(type: "bigint", nullable: false),
                    is_deleted = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_key_backups", x => new { x.user_id, x.version });
                });

            migrationBuilder.CreateTable(
                name: "room_keys",
                columns: table => new
                {
                    user_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    room_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    session_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    is_verified = table.Column<bool>(type: "boolean", nullable: false),
                    first_message_index = table.Column<long>(type: "bigint", nullable: false),
                    forwarded_count = table.Column<long>(type: "bigint", nullable: false),
                    session_data = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_room_keys", x => new { x.user_id, x.version, x.room_id, x.session_id });
                });

            migrationBuilder.CreateIndex(
                name: "ix_room_keys_user_id_version_session_id",
                table: "room_keys",
                columns: new[] { "user_id", "version", "session_id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "key_backups");

            migrationBuilder.DropTable(
                name: "room_keys");
        }
    }
}
