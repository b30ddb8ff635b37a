using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Matrix.Realtime.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class Keys : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "cross_signing_keys",
                columns: table => new
                {
                    user_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    usage = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    public_key = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    json = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_cross_signing_keys", x => new { x.user_id, x.usage });
                });

            migrationBuilder.CreateTable(
                name: "device_keys",
                columns: table => new
                {
                    user_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    device_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    json = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_device_keys", x => new { x.user_id, x.device_id });
                });

            migrationBuilder.CreateTable(
                name: "device_lists",
                columns: table => new
                {
                    user_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    position = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_device_lists", x => x.user_id);
                });

            migrationBuilder.CreateTable(
                name: "fallback_keys",
                columns: table => new
                {
                    user_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    device_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    algorithm = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    key_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    json = table.Column<byte[]>(type: "bytea", nullable: false),
                    is_used = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_fallback_keys", x => new { x.user_id, x.device_id, x.algorithm });
                });

            migrationBuilder.CreateTable(
                name: "key_counts",
                columns: table => new
                {
                    user_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    device_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    one_time_key_counts = table.Column<byte[]>(type: "bytea", nullable: false),
                    unused_fallback_key_types = table.Column<byte[]>(type: "bytea", nullable: false),
                    position = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_key_counts", x => new { x.user_id, x.device_id });
                });

            migrationBuilder.CreateTable(
                name: "key_signatures",
                columns: table => new
                {
                    user_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    key_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    signed_user_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    signed_key = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    signature = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    position = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_key_signatures", x => new { x.user_id, x.key_id, x.signed_user_id, x.signed_key });
                });

            migrationBuilder.CreateTable(
                name: "one_time_keys",
                columns: table => new
                {
                    user_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    device_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    algorithm = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    key_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    json = table.Column<byte[]>(type: "bytea", nullable: false),
                    uploaded_at = table.Column<long>(type: "bigint", nullable: false),
                    is_claimed = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_one_time_keys", x => new { x.user_id, x.device_id, x.algorithm, x.key_id });
                });

            migrationBuilder.CreateIndex(
                name: "ix_device_lists_position",
                table: "device_lists",
                column: "position");

            migrationBuilder.CreateIndex(
                name: "ix_key_counts_position",
                table: "key_counts",
                column: "position");

            migrationBuilder.CreateIndex(
                name: "ix_key_signatures_position",
                table: "key_signatures",
                column: "position");

            migrationBuilder.CreateIndex(
                name: "ix_key_signatures_signed_user_id",
                table: "key_signatures",
                column: "signed_user_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "cross_signing_keys");

            migrationBuilder.DropTable(
                name: "device_keys");

            migrationBuilder.DropTable(
                name: "device_lists");

            migrationBuilder.DropTable(
                name: "fallback_keys");

            migrationBuilder.DropTable(
                name: "key_counts");

            migrationBuilder.DropTable(
                name: "key_signatures");

            migrationBuilder.DropTable(
                name: "one_time_keys");
        }
    }
}
