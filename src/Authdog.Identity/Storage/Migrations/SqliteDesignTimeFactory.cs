using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Authdog.Identity.Storage.Migrations;

/// <summary>For <c>dotnet ef</c> only; nothing is opened.</summary>
internal sealed class SqliteDesignTimeFactory : IDesignTimeDbContextFactory<SqliteDirectoryContext>
{
    public SqliteDirectoryContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqliteDirectoryContext>().UseSqlite("Data Source=design.db").Options);
}
