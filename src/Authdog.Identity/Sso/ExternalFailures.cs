using Authdog.Identity.Attacks;
using Authdog.Identity.Audit;
using Authdog.Identity.Login;
using Authdog.Identity.Pages;
using Authdog.Identity.Tenants;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Authdog.Identity.Sso;

/// <summary>Says what went wrong in a sign-in elsewhere: to the person on a page that names nothing internal, to the administrator in the audit log with the cause and the page's reference.</summary>
internal sealed class ExternalFailures(AttackWatch attacks, AuditLog audit, CurrentTenant tenant, PageRenderer pages, ILogger<ExternalFailures> logger)
{
    /// <summary>The page.</summary>
    /// <param name="context">The request.</param>
    /// <param name="connection">What people call the connection.</param>
    /// <param name="slug">Its name for administrators (<see cref="ConnectionRecord.QualifiedName"/>).</param>
    /// <param name="refusal">What the person is told.</param>
    /// <param name="cause">What the administrator is told: words of ours and codes of the standard, nothing that was sent.</param>
    /// <param name="flow">The login to try again; null when there is none.</param>
    public async Task<IResult> PageAsync(HttpContext context, string connection, string slug, ExternalRefusal refusal, string cause, LoginFlow? flow)
    {
        await audit.WriteAsync(new AuditEvent(tenant.Id, AuditEventKind.ExternalSignInFailed, Detail: $"{slug} {refusal}: {cause} ({context.TraceIdentifier})"), CancellationToken.None);
        SsoLog.Failed(logger, tenant.Id.Value, slug, $"{refusal}: {cause}", context.TraceIdentifier);
        var texts = pages.Texts(context);
        return pages.Page<ExternalFailurePage>(
            context,
            Status(refusal),
            ("Title", texts.Format($"Sso.{refusal}.Title", connection)),
            ("Text", texts.Format($"Sso.{refusal}.Text", connection)),
            ("Reference", context.TraceIdentifier),
            ("Again", flow switch
            {
                null => PagePaths.Login,
                { Transaction: { Attach: not null } attaching } => attaching.Return,
                _ => LoginAddress.Of(flow),
            }));
    }

    /// <summary>The page for an answer that no provider gives and this client brought: it counts as a failed try (I2). What a provider does wrong is held against nobody.</summary>
    /// <param name="context">The request.</param>
    /// <param name="connection">The connection.</param>
    /// <param name="refusal">What the person is told.</param>
    /// <param name="cause">What the administrator is told.</param>
    public async Task<IResult> ForgedAsync(HttpContext context, ConnectionRecord connection, ExternalRefusal refusal, string cause)
    {
        await attacks.FailedAsync(context, tenant.Id, account: null, Door(connection.Kind), context.RequestAborted);
        return await PageAsync(context, connection.Name, connection.QualifiedName, refusal, cause, flow: null);
    }

    private static string Door(ConnectionKind kind) => kind switch { ConnectionKind.Oidc => "oidc", ConnectionKind.Saml => "saml", _ => "social" };

    private static int Status(ExternalRefusal refusal) => refusal switch
    {
        ExternalRefusal.Unsolicited or ExternalRefusal.Invalid => StatusCodes.Status400BadRequest,
        ExternalRefusal.Unavailable => StatusCodes.Status502BadGateway,
        _ => StatusCodes.Status403Forbidden,
    };
}
