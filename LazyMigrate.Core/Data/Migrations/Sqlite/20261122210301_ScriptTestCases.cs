using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace LazyMigrate.Core.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class ScriptTestCases : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "TestedAt",
                table: "ScriptVersions",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "ScriptTestCases",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    CustomDatabaseId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Identifier = table.Column<string>(type: "TEXT", maxLength: 320, nullable: true),
                    ExpectedOutcome = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    ProtectedPassword = table.Column<string>(type: "TEXT", nullable: true),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    UpdatedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ScriptTestCases", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ScriptTestCases_CustomDatabases_CustomDatabaseId",
                        column: x => x.CustomDatabaseId,
                        principalTable: "CustomDatabases",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_ScriptTestCases_CustomDatabaseId_Kind_Name",
                table: "ScriptTestCases",
                columns: new[] { "CustomDatabaseId", "Kind", "Name" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ScriptTestCases");

            migrationBuilder.DropColumn(
                name: "TestedAt",
                table: "ScriptVersions");
        }
    }
}
