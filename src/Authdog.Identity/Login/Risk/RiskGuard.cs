using Authdog.Identity.Audit;
using Authdog.Identity.Notices;
using Authdog.Identity.Redis;
using Authdog.Identity.Sessions;
using Authdog.Identity.Tenants;
using Authdog.Identity.Users;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Authdog.Identity.Login.Risk;

/// <summary>Judges the risk of each sign-in once everything is proved, and tells the owner of what was unusual once the session exists.</summary>
internal sealed class RiskGuard(RiskAssessor assessor, SecurityNotices notices, CounterStore counters, AuditLog audit, CurrentTenant tenant, ILogger<RiskGuard> logger) : ISignInListener
{
    private static readonly TimeSpan s_hour = TimeSpan.FromHours(1);

    /// <summary>The page in the place of what would come next; null to go on.</summary>
    public async Task<string?> CheckAsync(HttpContext context, LoginFlow flow, User user)
    {
        // Whoever has a live session of this account here is asked for more, and is nobody new.
        if (flow.Held is not null)
        {
            return null;
        }

        var risk = await assessor.AssessAsync(context, flow, user);
        context.Features.Set(new JudgedRisk(risk.Level));
        switch (risk.Treatment)
        {
            case RiskTreatment.None:
                return null;
            case RiskTreatment.Refuse:
                await RefusedAsync(context, user, risk);
                return RiskEndpoints.RefusedPath;
            case RiskTreatment.StepUp when !flow.Transaction.Confirmed && !IsStrong(flow):
                return RiskEndpoints.ConfirmPath;
            default:
                context.Features.Set(risk);
                return null;
        }
    }

    public async Task SignedInAsync(HttpContext context, User user, Session session)
    {
        if (context.Features.Get<RiskAssessment>() is not { } risk)
        {
            return;
        }

        await audit.WriteAsync(new AuditEvent(session.Tenant, AuditEventKind.SignInRisky, user.UserId, Detail: $"{risk.Names}: {risk.Level}, {risk.Treatment}") { Session = session.Id.Value }, CancellationToken.None);
        await notices.SendAsync(context, user, new SecurityNotice("Notice.UnusualSignIn"));
    }

    // Two kinds of proof, or the mailbox itself already.
    private static bool IsStrong(LoginFlow flow) =>
        Assurance.Acr(flow.Factors) == Assurance.MultiFactor || flow.Transaction.Proved.Any(static factor => factor.Kinds == FactorKinds.None);

    private async Task RefusedAsync(HttpContext context, User user, RiskAssessment risk)
    {
        RiskLog.Refused(logger, user.UserId.ToString(), risk.Names);
        await audit.WriteSampledAsync(new AuditEvent(tenant.Id, AuditEventKind.SignInRefused, user.UserId, Detail: risk.Names), user.UserId.ToString(), CancellationToken.None);

        // Whoever knows the password must not be able to fill the owner's mailbox.
        if (await counters.IncrementAsync(tenant.Id, "risk-refused-mail", user.UserId.ToString(), s_hour, CancellationToken.None) == 1)
        {
            await notices.SendAsync(context, user, new SecurityNotice("Notice.SignInRefused"));
        }
    }
}
