using Microsoft.Extensions.Logging;

namespace Authdog.Identity.SignUp.Domains;

internal static partial class SignUpDomainLog
{
    [LoggerMessage(3010, LogLevel.Error, "The list of disposable domains {File} cannot be read; the one that came with the program is used", EventName = "DisposableDomainsUnreadable")]
    public static partial void ListUnreadable(ILogger logger, string file, Exception exception);
}
