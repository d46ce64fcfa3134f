namespace Authdog.Identity.Storage;

/// <summary>Engines that the directory runs on.</summary>
public enum DatabaseProvider
{
    /// <summary>A file in the data folder: one machine.</summary>
    Sqlite,

    /// <summary>A server: one or many gateways.</summary>
    PostgreSql,
}
