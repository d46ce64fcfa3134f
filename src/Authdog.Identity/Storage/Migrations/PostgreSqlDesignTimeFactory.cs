using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Authdog.Identity.Storage.Migrations;

/// <summary>For <c>dotnet ef</c> only; nothing is opened.</summary>
internal sealed class PostgreSqlDesignTimeFactory : IDesignTimeDbContextFactory<PostgreSqlDirectoryContext>
{
    public PostgreSqlDirectoryContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<PostgreSqlDirectoryContext>().UseNpgsql("Host=localhost").Options);
}
