using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Matrix.Realtime.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class ToDevice : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "to_device_messages",
                columns: table => new
                {
                    position = table.Column<long>(type: "bigint", nullable: false),
                    user_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    device_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    sender = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    type = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    content = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_to_device_messages", x => x.position);
                });

            migrationBuilder.CreateTable(
                name: "to_device_transactions",
                columns: table => new
                {
                    position = table.Column<long>(type: "bigint", nullable: false),
                    user_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    device_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    event_type = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    transaction_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    sent_ts = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_to_device_transactions", x => x.position);
                });

            migrationBuilder.CreateIndex(
                name: "ix_to_device_messages_user_id_device_id_position",
                table: "to_device_messages",
                columns: new[] { "user_id", "device_id", "position" });

            migrationBuilder.CreateIndex(
                name: "ix_to_device_transactions_user_id_device_id",
                table: "to_device_transactions",
                columns: new[] { "user_id", "device_id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "to_device_messages");

            migrationBuilder.DropTable(
                name: "to_device_transactions");
        }
    }
}
