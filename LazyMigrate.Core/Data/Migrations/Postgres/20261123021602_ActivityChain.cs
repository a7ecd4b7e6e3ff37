using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace LazyMigrate.Core.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class ActivityChain : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<byte[]>(
                name: "Mac",
                table: "ActivityEvents",
                type: "bytea",
                maxLength: 32,
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "Seal",
                table: "ActivityEvents",
                type: "bytea",
                maxLength: 32,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "SealNumber",
                table: "ActivityEvents",
                type: "bigint",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "ActivityChain",
                columns: table => new
                {
                    Id = table.Column<int>(type: "integer", nullable: false),
                    HeadNumber = table.Column<long>(type: "bigint", nullable: false),
                    HeadSeal = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    AnchorNumber = table.Column<long>(type: "bigint", nullable: false),
                    AnchorSeal = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    KeyNumber = table.Column<int>(type: "integer", nullable: false),
                    Mac = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ActivityChain", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ActivityRemovals",
                columns: table => new
                {
                    Number = table.Column<long>(type: "bigint", nullable: false),
                    EventId = table.Column<Guid>(type: "uuid", nullable: false),
                    EventMac = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: true),
                    Mac = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ActivityRemovals", x => x.Number);
                });

            migrationBuilder.CreateIndex(
                name: "IX_ActivityEvents_CorrelationId",
                table: "ActivityEvents",
                column: "CorrelationId");

            migrationBuilder.CreateIndex(
                name: "IX_ActivityEvents_Id",
                table: "ActivityEvents",
                column: "Id",
                filter: "\"SealNumber\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_ActivityEvents_Kind_Time",
                table: "ActivityEvents",
                columns: new[] { "Kind", "Time" });

            migrationBuilder.CreateIndex(
                name: "IX_ActivityEvents_SealNumber",
                table: "ActivityEvents",
                column: "SealNumber",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ActivityChain");

            migrationBuilder.DropTable(
                name: "ActivityRemovals");

            migrationBuilder.DropIndex(
                name: "IX_ActivityEvents_CorrelationId",
                table: "ActivityEvents");

            migrationBuilder.DropIndex(
                name: "IX_ActivityEvents_Id",
                table: "ActivityEvents");

            migrationBuilder.DropIndex(
                name: "IX_ActivityEvents_Kind_Time",
                table: "ActivityEvents");

            migrationBuilder.DropIndex(
                name: "IX_ActivityEvents_SealNumber",
                table: "ActivityEvents");

            migrationBuilder.DropColumn(
                name: "Mac",
                table: "ActivityEvents");

            migrationBuilder.DropColumn(
                name: "Seal",
                table: "ActivityEvents");

            migrationBuilder.DropColumn(
                name: "SealNumber",
                table: "ActivityEvents");
        }
    }
}
