using Authdog.Identity.Accounts;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Login;
using Authdog.Identity.Pages;
using Authdog.Identity.Sessions;
using Authdog.Identity.Tenants;
using Authdog.Identity.Users;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Organizations;

/// <summary>Shows who is signed in where else their address has an account: in the account, and right after signing in where no tenant was named. A session never goes along: each tenant asks for its own sign-in (I10).</summary>
internal sealed class OrganizationAccount(OrganizationDirectory organizations, AccountPages account, PageRenderer pages, CurrentTenant tenant, IOptions<LoginOptions> login)
{
    internal const string AccountPath = PagePaths.Account + "/organizations";
    internal const string ChoosePath = PagePaths.Organizations + "/choose";

    /// <summary>What follows a sign-in: the choice, when there is one between accounts and nothing has said yet which tenant it shall be.</summary>
    public static async ValueTask<string?> AfterwardsAsync(HttpContext context, LoginFlow flow, User user)
    {
        var services = context.RequestServices;
        if (!services.GetRequiredService<IOptions<OrganizationOptions>>().Value.Offered
            || context.Features.Get<TenantFeature>() is not { Source: TenantSource.Default }
            || !user.EmailConfirmed
            || !EmailAddress.TryParse(user.Email, out var email))
        {
            return null;
        }

        var found = await services.GetRequiredService<OrganizationDirectory>().OfAsync(email, context.RequestAborted);
        return found.Any(organization => !organization.Joins && organization.Tenant != user.TenantId) ? ChoosePath + new QueryBuilder { { "return", flow.Transaction.Return } } : null;
    }

    public async Task<IResult> ShowAsync(HttpContext context)
    {
        if (account.Require(context, AccountPath, out var refusal) is not { } session)
        {
            return refusal;
        }

        return account.Page<OrganizationsPage>(context, session, FormErrors.None, ("Organizations", await OfAsync(session, context.RequestAborted)), ("Current", tenant.Id));
    }

    public async Task<IResult> ChooseAsync(HttpContext context)
    {
        var target = ReturnUrl.CarriedBy(context.Request, login.Value.ReturnOrigins);
        if (account.Require(context, LoginAddress.Keep(ChoosePath, target.Value), out var refusal) is not { } session)
        {
            return refusal;
        }

        var others = (await OfAsync(session, context.RequestAborted)).Where(organization => organization.Tenant != session.Tenant).ToList();
        return others.Count == 0
            ? new SeeOther(target.Value)
            : pages.Page<ChooseOrganizationPage>(context, StatusCodes.Status200OK, ("Others", others), ("Here", tenant.Record.Name), ("Return", target.Value));
    }

    private async Task<IReadOnlyList<Organization>> OfAsync(Session session, CancellationToken cancellationToken) =>
        session.EmailVerified && EmailAddress.TryParse(session.Email, out var email) ? await organizations.OfAsync(email, cancellationToken) : [];
}
