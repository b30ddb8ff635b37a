using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Matrix.Realtime.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class PositionIndexes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "ix_typing_position",
                table: "typing",
                column: "position");

            migrationBuilder.CreateIndex(
                name: "ix_receipts_position",
                table: "receipts",
                column: "position");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_typing_position",
                table: "typing");

            migrationBuilder.DropIndex(
                name: "ix_receipts_position",
                table: "receipts");
        }
    }
}
