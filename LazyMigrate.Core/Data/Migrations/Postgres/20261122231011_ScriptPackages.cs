using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace LazyMigrate.Core.Data.Migrations.Postgres
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
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Name = table.Column<string>(type: "character varying(214)", maxLength: 214, nullable: false),
                    Version = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false),
                    License = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    Integrity = table.Column<string>(type: "character varying(95)", maxLength: 95, nullable: false),
                    Archive = table.Column<byte[]>(type: "bytea", nullable: false),
                    UnpackedLength = table.Column<long>(type: "bigint", nullable: false),
                    FileCount = table.Column<int>(type: "integer", nullable: false),
                    HasInstallScripts = table.Column<bool>(type: "boolean", nullable: false),
                    AddedBy = table.Column<string>(type: "text", nullable: true),
                    AddedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
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
