using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Matrix.Realtime.Sqlite.Migrations
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
                    position = table.Column<long>(type: "INTEGER", nullable: false),
                    user_id = table.Column<string>(type: "TEXT", nullable: false),
                    device_id = table.Column<string>(type: "TEXT", nullable: false),
                    sender = table.Column<string>(type: "TEXT", nullable: false),
                    type = table.Column<string>(type: "TEXT", nullable: false),
                    content = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_to_device_messages", x => x.position);
                });

            migrationBuilder.CreateTable(
                name: "to_device_transactions",
                columns: table => new
                {
                    position = table.Column<long>(type: "INTEGER", nullable: false),
                    user_id = table.Column<string>(type: "TEXT", nullable: false),
                    device_id = table.Column<string>(type: "TEXT", nullable: false),
                    event_type = table.Column<string>(type: "TEXT", nullable: false),
                    transaction_id = table.Column<string>(type: "TEXT", nullable: false),
                    sent_ts = table.Column<long>(type: "INTEGER", nullable: false)
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
