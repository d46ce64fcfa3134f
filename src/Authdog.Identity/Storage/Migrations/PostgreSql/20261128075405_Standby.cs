using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Authdog.Identity.Storage.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class Standby : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "StandbyRecords",
                columns: table => new
                {
                    TenantId = table.Column<string>(type: "character varying(63)", maxLength: 63, nullable: false),
                    Kind = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    Id = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    UserId = table.Column<Guid>(type: "uuid", nullable: true),
                    Version = table.Column<long>(type: "bigint", nullable: false),
                    Value = table.Column<byte[]>(type: "bytea", nullable: false),
                    ExpiresAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_StandbyRecords", x => new { x.TenantId, x.Kind, x.Id });
                });

            migrationBuilder.CreateIndex(
                name: "IX_StandbyRecords_Id",
                table: "StandbyRecords",
                column: "Id");

            migrationBuilder.CreateIndex(
                name: "IX_StandbyRecords_TenantId_ExpiresAt",
                table: "StandbyRecords",
                columns: new[] { "TenantId", "ExpiresAt" });

            migrationBuilder.CreateIndex(
                name: "IX_StandbyRecords_TenantId_UserId_Kind",
                table: "StandbyRecords",
                columns: new[] { "TenantId", "UserId", "Kind" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "StandbyRecords");
        }
    }
}
