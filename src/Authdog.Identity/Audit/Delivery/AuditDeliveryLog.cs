using Microsoft.Extensions.Logging;

namespace Authdog.Identity.Audit.Delivery;

/// <summary>What the log says of the streams of audit events.</summary>
internal static partial class AuditDeliveryLog
{
    [LoggerMessage(4810, LogLevel.Warning, "Audit stream {Stream} did not take events of tenant {Tenant} (try {Failures}): {Reason}. They are sent again", EventName = "AuditDeliveryFailed")]
    public static partial void Failed(ILogger logger, string stream, string tenant, int failures, string reason);

    [LoggerMessage(4811, LogLevel.Error, "Audit stream {Stream} did not take events {First} to {Last} of tenant {Tenant}: {Reason}. They are set aside; 'audit resend' sends them again", EventName = "AuditDeliverySetAside")]
    public static partial void SetAside(ILogger logger, string stream, string tenant, long first, long last, string reason);

    [LoggerMessage(4812, LogLevel.Error, "Audit events could not be brought to the streams; it is tried again in a second", EventName = "AuditDeliveryRoundFailed")]
    public static partial void RoundFailed(ILogger logger, Exception exception);
}
