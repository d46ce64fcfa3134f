using Microsoft.Extensions.Logging;

namespace Authdog.Identity.Audit.Chain;

/// <summary>What the log says of the audit log itself.</summary>
internal static partial class AuditChainLog
{
    [LoggerMessage(4800, LogLevel.Error, "Audit events could not be sealed; they are kept, and it is tried again in ten seconds", EventName = "AuditSealingFailed")]
    public static partial void SealingFailed(ILogger logger, Exception exception);

    [LoggerMessage(4801, LogLevel.Error, "Audit events of tenant {Tenant} are older than Audit:Retention and stay, since their chain is broken at event {Sequence}: it {What}. Look at it with audit verify", EventName = "AuditNotCut")]
    public static partial void NotCut(ILogger logger, string tenant, long? sequence, string what);
}
