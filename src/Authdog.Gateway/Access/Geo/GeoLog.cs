namespace Authdog.Gateway.Access.Geo;

internal static partial class GeoLog
{
    [LoggerMessage(1230, LogLevel.Information, "{File} has changed and is in force: {DatabaseType} of {BuiltAt}", EventName = "GeoChanged")]
    public static partial void GeoChanged(this ILogger logger, string file, string databaseType, DateTime builtAt);

    [LoggerMessage(1231, LogLevel.Error, "{File} has changed and cannot be used: {Problem} The last good one stays in force", EventName = "GeoRefused")]
    public static partial void GeoRefused(this ILogger logger, string file, string problem);
}
