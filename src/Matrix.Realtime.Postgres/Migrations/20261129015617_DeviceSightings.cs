using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Matrix.Realtime.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class DeviceSightings : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "device_sightings",
                columns: table => new
                {
                    user_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    device_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    seen_ts = table.Column<long>(type: "bigint", nullable: false),
                    address = table.Column<string>(type: "text", nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_device_sightings", x => new { x.user_id, x.device_id });
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "device_sightings");
        }
    }
}
