using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Authdog.Identity.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Domains : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_TenantDomains_Domain",
                table: "TenantDomains");

            migrationBuilder.AddColumn<bool>(
                name: "Capture",
                table: "TenantDomains",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<long>(
                name: "CheckedAt",
                table: "TenantDomains",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "MissingSince",
                table: "TenantDomains",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Token",
                table: "TenantDomains",
                type: "TEXT",
                maxLength: 64,
                nullable: false,
                defaultValue: "");

            migrationBuilder.CreateIndex(
                name: "IX_TenantDomains_Domain",
                table: "TenantDomains",
                column: "Domain",
                unique: true,
                filter: "\"VerifiedAt\" IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_TenantDomains_Domain",
                table: "TenantDomains");

            migrationBuilder.DropColumn(
                name: "Capture",
                table: "TenantDomains");

            migrationBuilder.DropColumn(
                name: "CheckedAt",
                table: "TenantDomains");

            migrationBuilder.DropColumn(
                name: "MissingSince",
                table: "TenantDomains");

            migrationBuilder.DropColumn(
                name: "Token",
                table: "TenantDomains");

            migrationBuilder.CreateIndex(
                name: "IX_TenantDomains_Domain",
                table: "TenantDomains",
                column: "Domain");
        }
    }
}
