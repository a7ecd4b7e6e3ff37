using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace LazyMigrate.Core.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class LogInFlows : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "MustChangePassword",
                table: "Users",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateTable(
                name: "AttemptCounts",
                columns: table => new
                {
                    Key = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    Count = table.Column<int>(type: "integer", nullable: false),
                    Pending = table.Column<int>(type: "integer", nullable: false),
                    EndsAt = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AttemptCounts", x => x.Key);
                });

            migrationBuilder.CreateTable(
                name: "StoredKeys",
                columns: table => new
                {
                    Name = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    ProtectedValue = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_StoredKeys", x => x.Name);
                });

            migrationBuilder.CreateTable(
                name: "Tombstones",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    DeletedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    NormalizedEmail = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true),
                    NormalizedPhoneNumber = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: true),
                    NormalizedUserName = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true),
                    CustomDatabaseId = table.Column<Guid>(type: "uuid", nullable: true),
                    LegacyId = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Tombstones", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_AttemptCounts_EndsAt",
                table: "AttemptCounts",
                column: "EndsAt");

            migrationBuilder.CreateIndex(
                name: "IX_Tombstones_CustomDatabaseId_LegacyId",
                table: "Tombstones",
                columns: new[] { "CustomDatabaseId", "LegacyId" });

            migrationBuilder.CreateIndex(
                name: "IX_Tombstones_DeletedAt",
                table: "Tombstones",
                column: "DeletedAt");

            migrationBuilder.CreateIndex(
                name: "IX_Tombstones_NormalizedEmail",
                table: "Tombstones",
                column: "NormalizedEmail");

            migrationBuilder.CreateIndex(
                name: "IX_Tombstones_NormalizedPhoneNumber",
                table: "Tombstones",
                column: "NormalizedPhoneNumber");

            migrationBuilder.CreateIndex(
                name: "IX_Tombstones_NormalizedUserName",
                table: "Tombstones",
                column: "NormalizedUserName");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "AttemptCounts");

            migrationBuilder.DropTable(
                name: "StoredKeys");

            migrationBuilder.DropTable(
                name: "Tombstones");

            migrationBuilder.DropColumn(
                name: "MustChangePassword",
                table: "Users");
        }
    }
}
