using Microsoft.Extensions.Logging;

namespace Authdog.Identity.Storage;

internal static partial class StorageLog
{
    [LoggerMessage(2000, LogLevel.Information, "The directory's schema was brought up to date: {Migrations}.", EventName = "DirectoryMigrated")]
    public static partial void Migrated(ILogger logger, string migrations);

    [LoggerMessage(2001, LogLevel.Warning, "A migration of the directory was cut off earlier; its lock is removed and it runs anew.", EventName = "DirectoryMigrationLockRemoved")]
    public static partial void LockRemoved(ILogger logger);
}
