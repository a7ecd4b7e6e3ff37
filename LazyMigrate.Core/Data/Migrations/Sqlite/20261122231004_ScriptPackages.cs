using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace LazyMigrate.Core.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class ScriptPackages : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "ScriptPackages",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 214, nullable: false),
                    Version = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    License = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    Integrity = table.Column<string>(type: "TEXT", maxLength: 95, nullable: false),
                    Archive = table.Column<byte[]>(type: "BLOB", nullable: false),
                    UnpackedLength = table.Column<long>(type: "INTEGER", nullable: false),
                    FileCount = table.Column<int>(type: "INTEGER", nullable: false),
                    HasInstallScripts = table.Column<bool>(type: "INTEGER", nullable: false),
                    AddedBy = table.Column<string>(type: "TEXT", nullable: true),
                    AddedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ScriptPackages", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_ScriptPackages_Name_Version",
                table: "ScriptPackages",
                columns: new[] { "Name", "Version" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ScriptPackages");
        }
    }
}
