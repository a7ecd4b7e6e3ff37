using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace LazyMigrate.Core.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class ConflictsAndSecondFactorsSeen : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "SecondFactorsSeen",
                table: "CustomDatabases",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateTable(
                name: "MigrationConflicts",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    CustomDatabaseId = table.Column<Guid>(type: "TEXT", nullable: false),
                    LegacyId = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    ScriptVersionId = table.Column<Guid>(type: "TEXT", nullable: true),
                    IdentifierKind = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    Identifier = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    Email = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    NormalizedEmail = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    EmailConfirmed = table.Column<bool>(type: "INTEGER", nullable: false),
                    NormalizedPhoneNumber = table.Column<string>(type: "TEXT", maxLength: 16, nullable: true),
                    UserName = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    NormalizedUserName = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    Name = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    Fields = table.Column<int>(type: "INTEGER", nullable: false),
                    EmailOwnerId = table.Column<Guid>(type: "TEXT", nullable: true),
                    PhoneOwnerId = table.Column<Guid>(type: "TEXT", nullable: true),
                    UserNameOwnerId = table.Column<Guid>(type: "TEXT", nullable: true),
                    LegacyIdOwnerId = table.Column<Guid>(type: "TEXT", nullable: true),
                    FirstSeenAt = table.Column<long>(type: "INTEGER", nullable: false),
                    LastSeenAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Count = table.Column<int>(type: "INTEGER", nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    DecidedById = table.Column<Guid>(type: "TEXT", nullable: true),
                    DecidedByName = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    DecidedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    UserId = table.Column<Guid>(type: "TEXT", nullable: true),
                    Stamp = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MigrationConflicts", x => x.Id);
                    table.ForeignKey(
                        name: "FK_MigrationConflicts_CustomDatabases_CustomDatabaseId",
                        column: x => x.CustomDatabaseId,
                        principalTable: "CustomDatabases",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_MigrationConflicts_Users_EmailOwnerId",
                        column: x => x.EmailOwnerId,
                        principalTable: "Users",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.SetNull);
                    table.ForeignKey(
                        name: "FK_MigrationConflicts_Users_LegacyIdOwnerId",
                        column: x => x.LegacyIdOwnerId,
                        principalTable: "Users",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.SetNull);
                    table.ForeignKey(
                        name: "FK_MigrationConflicts_Users_PhoneOwnerId",
                        column: x => x.PhoneOwnerId,
                        principalTable: "Users",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.SetNull);
                    table.ForeignKey(
                        name: "FK_MigrationConflicts_Users_UserId",
                        column: x => x.UserId,
                        principalTable: "Users",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_MigrationConflicts_Users_UserNameOwnerId",
                        column: x => x.UserNameOwnerId,
                        principalTable: "Users",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.SetNull);
                });

            migrationBuilder.CreateIndex(
                name: "IX_ActivityEvents_ActorId_Time",
                table: "ActivityEvents",
                columns: new[] { "ActorId", "Time" },
                filter: "\"ActorId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_ActivityEvents_ActorName",
                table: "ActivityEvents",
                column: "ActorName",
                filter: "\"ActorName\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_ActivityEvents_SubjectName",
                table: "ActivityEvents",
                column: "SubjectName",
                filter: "\"SubjectName\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_MigrationConflicts_CustomDatabaseId_LegacyId",
                table: "MigrationConflicts",
                columns: new[] { "CustomDatabaseId", "LegacyId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_MigrationConflicts_EmailOwnerId",
                table: "MigrationConflicts",
                column: "EmailOwnerId");

            migrationBuilder.CreateIndex(
                name: "IX_MigrationConflicts_LegacyIdOwnerId",
                table: "MigrationConflicts",
                column: "LegacyIdOwnerId");

            migrationBuilder.CreateIndex(
                name: "IX_MigrationConflicts_NormalizedEmail",
                table: "MigrationConflicts",
                column: "NormalizedEmail");

            migrationBuilder.CreateIndex(
                name: "IX_MigrationConflicts_NormalizedPhoneNumber",
                table: "MigrationConflicts",
                column: "NormalizedPhoneNumber");

            migrationBuilder.CreateIndex(
                name: "IX_MigrationConflicts_NormalizedUserName",
                table: "MigrationConflicts",
                column: "NormalizedUserName");

            migrationBuilder.CreateIndex(
                name: "IX_MigrationConflicts_PhoneOwnerId",
                table: "MigrationConflicts",
                column: "PhoneOwnerId");

            migrationBuilder.CreateIndex(
                name: "IX_MigrationConflicts_State_LastSeenAt",
                table: "MigrationConflicts",
                columns: new[] { "State", "LastSeenAt" });

            migrationBuilder.CreateIndex(
                name: "IX_MigrationConflicts_UserId",
                table: "MigrationConflicts",
                column: "UserId");

            migrationBuilder.CreateIndex(
                name: "IX_MigrationConflicts_UserNameOwnerId",
                table: "MigrationConflicts",
                column: "UserNameOwnerId");

            // People with second factors have moved before anybody noted it.
            migrationBuilder.Sql(
                """
                UPDATE "CustomDatabases" SET "SecondFactorsSeen" = 1
                WHERE "Id" IN (SELECT "CustomDatabaseId" FROM "Users" WHERE "TwoFactorEnabled" AND "CustomDatabaseId" IS NOT NULL)
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "MigrationConflicts");

            migrationBuilder.DropIndex(
                name: "IX_ActivityEvents_ActorId_Time",
                table: "ActivityEvents");

            migrationBuilder.DropIndex(
                name: "IX_ActivityEvents_ActorName",
                table: "ActivityEvents");

            migrationBuilder.DropIndex(
                name: "IX_ActivityEvents_SubjectName",
                table: "ActivityEvents");

            migrationBuilder.DropColumn(
                name: "SecondFactorsSeen",
                table: "CustomDatabases");
        }
    }
}
