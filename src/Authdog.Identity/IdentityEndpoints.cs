using Authdog.Identity.Accounts;
using Authdog.Identity.Accounts.Address;
using Authdog.Identity.Accounts.Deletion;
using Authdog.Identity.Accounts.Devices;
using Authdog.Identity.Accounts.Export;
using Authdog.Identity.Accounts.Profile;
using Authdog.Identity.Admission;
using Authdog.Identity.Challenges;
using Authdog.Identity.Consents;
using Authdog.Identity.EmailCodes;
using Authdog.Identity.Invitations;
using Authdog.Identity.Login;
using Authdog.Identity.Login.Risk;
using Authdog.Identity.Mfa;
using Authdog.Identity.Notices;
using Authdog.Identity.Notices.NotMe;
using Authdog.Identity.Organizations;
using Authdog.Identity.Pages;
using Authdog.Identity.Passkeys;
using Authdog.Identity.Passwords;
using Authdog.Identity.Passwords.Replacement;
using Authdog.Identity.Recovery;
using Authdog.Identity.Redis;
using Authdog.Identity.Sessions;
using Authdog.Identity.SignUp;
using Authdog.Identity.Social;
using Authdog.Identity.Sso.Identities;
using Authdog.Identity.Sso.Oidc;
using Authdog.Identity.Sso.Saml;
using Authdog.Identity.Sso.Setup;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Authdog.Identity;

/// <summary>Everything of the gateway's own that a browser sees under <c>/.authdog/</c>.</summary>
public static class IdentityEndpoints
{
    /// <summary>Maps login, logout, sign-up, verification, recovery, account, assets and <c>/.authdog/session</c>. Authentication runs before them; authorization does not concern them.</summary>
    public static IEndpointRouteBuilder MapAuthdogIdentity(this IEndpointRouteBuilder endpoints)
    {
        var pages = endpoints.MapAuthdogPages();
        pages.MapAdmission();
        pages.MapChallenges();
        pages.MapLogin();
        pages.MapLeakedPassword();
        pages.MapRisk();
        pages.MapSignUp();
        pages.MapRecovery();
        pages.MapMfa();
        pages.MapEmailCodes();
        pages.MapNotMe();
        pages.MapAccounts();
        pages.MapProfile();
        pages.MapAddress();
        pages.MapPasskeys();
        pages.MapLinkedIdentities();
        pages.MapDevices();
        pages.MapConsents();
        pages.MapExport();
        pages.MapDeletion();
        pages.MapBrandPreview();
        var answers = endpoints.MapAuthdogAnswers();
        answers.MapOidc();
        answers.MapSocial();
        pages.MapSaml();
        pages.MapInvitations();
        pages.MapOrganizations();
        pages.MapSetup();
        endpoints.MapAssets();
        endpoints.MapWellKnown(AccountPaths.Password);
        endpoints.MapSessionEndpoints();
        return endpoints;
    }

    /// <summary>A group for what other parties send or send browsers to: as <see cref="MapAuthdogPages"/>, but no form here is the gateway's own. Each endpoint bounds and judges what it reads.</summary>
    internal static RouteGroupBuilder MapAuthdogAnswers(this IEndpointRouteBuilder endpoints)
    {
        var errors = endpoints.ServiceProvider.GetRequiredService<ErrorPages>();
        var answers = endpoints.MapGroup(string.Empty);
        answers.AddEndpointFilter(new PlainHttpFilter(
            errors,
            endpoints.ServiceProvider.GetRequiredService<IOptions<PublicUrlOptions>>().Value,
            endpoints.ServiceProvider.GetRequiredService<ILogger<PlainHttpFilter>>()));
        answers.AddEndpointFilter(new StoreFailureFilter(errors, failure => failure is StoreUnavailableException));
        answers.AllowAnonymous();
        return answers;
    }

    /// <summary>A group for pages and their forms: never over plain HTTP where HTTPS is public, forms bounded and of this browser, 503 while a store is away. Whoever maps into it decides who may.</summary>
    public static RouteGroupBuilder MapAuthdogPages(this IEndpointRouteBuilder endpoints)
    {
        var errors = endpoints.ServiceProvider.GetRequiredService<ErrorPages>();
        var pages = endpoints.MapGroup(string.Empty);
        pages.AddEndpointFilter(new PlainHttpFilter(
            errors,
            endpoints.ServiceProvider.GetRequiredService<IOptions<PublicUrlOptions>>().Value,
            endpoints.ServiceProvider.GetRequiredService<ILogger<PlainHttpFilter>>()));
        pages.AddEndpointFilter(new StoreFailureFilter(errors, failure => failure is StoreUnavailableException or HashingBusyException));
        pages.AddEndpointFilter(new AdmissionFilter(failure => failure is HashingBusyException));
        pages.AddEndpointFilter(new FormPostFilter(endpoints.ServiceProvider.GetRequiredService<IAntiforgery>(), errors));

        // After the form has come: whoever sends it slowly must not hold a slot meanwhile.
        pages.AddEndpointFilter(new PageSlotFilter(errors));
        pages.AddEndpointFilter(new ChallengeFilter());
        pages.AllowAnonymous();
        return pages;
    }
}
