using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Authdog.Identity.Storage;

/// <summary>Where the directory is kept.</summary>
public sealed class DatabaseOptions
{
    /// <summary>Section of the configuration.</summary>
    public const string Section = "Database";

    /// <summary>Engine: <c>Sqlite</c> (default) or <c>PostgreSql</c>.</summary>
    public DatabaseProvider Provider { get; set; } = DatabaseProvider.Sqlite;

    /// <summary>ADO.NET connection string. Absent with SQLite: <c>directory.db</c> in the data folder.</summary>
    public string? ConnectionString { get; set; }

    internal sealed class Validator : IValidateOptions<DatabaseOptions>
    {
        public ValidateOptionsResult Validate(string? name, DatabaseOptions options)
        {
            var error = options.Provider switch
            {
                DatabaseProvider.Sqlite => options.ConnectionString is null ? null : CheckSqlite(options.ConnectionString),
                DatabaseProvider.PostgreSql => CheckPostgreSql(options.ConnectionString),
                _ => $"{Section}:Provider = '{options.Provider}' is no engine. Use Sqlite or PostgreSql.",
            };
            return error is null ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(error);
        }

        private static string? CheckSqlite(string text) => Parse(new SqliteConnectionStringBuilder(), text) switch
        {
            { } error => error,
            null when new SqliteConnectionStringBuilder(text) is not { DataSource.Length: > 0, Mode: SqliteOpenMode.ReadWriteCreate } =>
                $"{Section}:ConnectionString names no file that can be written. Use 'Data Source=/path/to/directory.db'.",
            null when new SqliteConnectionStringBuilder(text).DataSource.Contains(":memory:", StringComparison.Ordinal) =>
                $"{Section}:ConnectionString is a database in memory, which forgets everybody at a restart. Use 'Data Source=/path/to/directory.db'.",
            _ => null,
        };

        private static string? CheckPostgreSql(string? text)
        {
            const string Cure = "Use 'Host=db.example.com;Database=authdog;Username=authdog;Password=…'.";
            return string.IsNullOrWhiteSpace(text)
                ? $"{Section}:ConnectionString is missing, and {Section}:Provider = PostgreSql needs it. {Cure}"
                : Parse(new NpgsqlConnectionStringBuilder(), text)
                    ?? (string.IsNullOrEmpty(new NpgsqlConnectionStringBuilder(text).Host) ? $"{Section}:ConnectionString names no Host. {Cure}" : null);
        }

        // The text may hold a password, so the message names only what the parser objects to.
        private static string? Parse(DbConnectionStringBuilder builder, string text)
        {
            try
            {
                builder.ConnectionString = text;
                return null;
            }
            catch (Exception e) when (e is ArgumentException or FormatException or KeyNotFoundException)
            {
                return $"{Section}:ConnectionString cannot be read ({e.Message}). Correct it or leave it out.";
            }
        }
    }
}
