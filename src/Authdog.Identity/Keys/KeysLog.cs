using Microsoft.Extensions.Logging;

namespace Authdog.Identity.Keys;

internal static partial class KeysLog
{
    [LoggerMessage(2100, LogLevel.Information, "A master key was made: {Path}. Back it up apart from the database; without it no secret in there can be read.", EventName = "MasterKeyMade")]
    public static partial void MasterKeyMade(ILogger logger, string path);

    [LoggerMessage(2101, LogLevel.Warning, "The master key file {Path} can be read by other users of this machine. Run `chmod 600` on it.", EventName = "MasterKeyReadableByOthers")]
    public static partial void MasterKeyReadableByOthers(ILogger logger, string path);

    [LoggerMessage(2102, LogLevel.Information, "A signing key for {Purpose} was made: {Kid}, signing from {SignsFrom:O}.", EventName = "SigningKeyMade")]
    public static partial void SigningKeyMade(ILogger logger, string purpose, string kid, DateTimeOffset signsFrom);

    [LoggerMessage(2103, LogLevel.Warning, "The signing keys could not be refreshed; those in memory go on.", EventName = "SigningKeyRefreshFailed")]
    public static partial void RefreshFailed(ILogger logger, Exception exception);
}
