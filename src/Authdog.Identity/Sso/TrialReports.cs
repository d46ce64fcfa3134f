using Authdog.Identity.Redis;
using Microsoft.AspNetCore.WebUtilities;

namespace Authdog.Identity.Sso;

/// <summary>Keeps the report of a tried sign-in for the page that shows it: for some minutes, once, for its connection alone.</summary>
internal sealed class TrialReports(OneTimeTokenStore tokens)
{
    /// <summary>How long a trial, and then its report, can take.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    private const string Report = "sso-trial-report";

    /// <summary>Keeps one and returns the address of the page with it.</summary>
    public async Task<string> KeepAsync(ConnectionRecord connection, TrialReport report, string page, CancellationToken cancellationToken) =>
        QueryHelpers.AddQueryString(page, "report", await tokens.IssueAsync(connection.Tenant, Report, report, Lifetime, cancellationToken));

    /// <summary>A report, once; null when it is over, or another connection's.</summary>
    public async Task<TrialReport?> TakeAsync(ConnectionRecord connection, string? secret, CancellationToken cancellationToken) =>
        await tokens.TakeAsync<TrialReport>(connection.Tenant, Report, secret, cancellationToken) is { } report && report.Connection == connection.Id ? report : null;
}
