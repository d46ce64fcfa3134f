namespace Authdog.Gateway.Configuration;

/// <summary>Messages about changes of what the operator wrote.</summary>
internal static partial class ConfigurationLog
{
    [LoggerMessage(1600, LogLevel.Warning, "Policies of {Folder} are in force: {Policies}", EventName = "PoliciesReloaded")]
    public static partial void PoliciesReloaded(ILogger logger, string folder, string policies);

    [LoggerMessage(1601, LogLevel.Error, "Policies were changed, but have mistakes; the last good set stays in force. {Mistake}", EventName = "PoliciesRefused")]
    public static partial void PoliciesRefused(ILogger logger, string mistake);

    [LoggerMessage(1602, LogLevel.Error, "A policy failed to decide, and the request was denied. This is a bug: please report it", EventName = "PolicyFailed")]
    public static partial void PolicyFailed(ILogger logger, Exception exception);

    [LoggerMessage(1603, LogLevel.Error, "Watching the policies' folder failed once and goes on; a change may have been missed until the next one", EventName = "PolicyWatchFailed")]
    public static partial void PolicyWatchFailed(ILogger logger, Exception exception);

    [LoggerMessage(1604, LogLevel.Error, "A change of policies could not be written to the audit log", EventName = "PoliciesNotAudited")]
    public static partial void PoliciesNotAudited(ILogger logger, Exception exception);
}
