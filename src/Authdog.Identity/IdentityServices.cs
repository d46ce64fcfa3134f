using Authdog.Identity.Accounts;
using Authdog.Identity.Accounts.Address;
using Authdog.Identity.Accounts.Deletion;
using Authdog.Identity.Accounts.Devices;
using Authdog.Identity.Accounts.Export;
using Authdog.Identity.Accounts.Profile;
using Authdog.Identity.Audit;
using Authdog.Identity.Consents;
using Authdog.Identity.EmailCodes;
using Authdog.Identity.Keys;
using Authdog.Identity.Login;
using Authdog.Identity.Mail;
using Authdog.Identity.Mfa;
using Authdog.Identity.Mfa.Policies;
using Authdog.Identity.Notices;
using Authdog.Identity.Pages;
using Authdog.Identity.Passkeys;
using Authdog.Identity.Passwords;
using Authdog.Identity.Recovery;
using Authdog.Identity.Redis;
using Authdog.Identity.Sessions;
using Authdog.Identity.SignUp;
using Authdog.Identity.Social;
using Authdog.Identity.Sso;
using Authdog.Identity.Sso.Domains;
using Authdog.Identity.Sso.Oidc;
using Authdog.Identity.Sso.Saml;
using Authdog.Identity.Sso.Setup;
using Authdog.Identity.Storage;
using Authdog.Identity.Tenants;
using Authdog.Identity.Tenants.Lifecycle;
using Authdog.Identity.Upkeep;
using Authdog.Identity.Users;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Identity;

/// <summary>Everything that knows who somebody is.</summary>
public static class IdentityServices
{
    /// <summary>Registers all features, each with its own section of the configuration.</summary>
    public static IServiceCollection AddAuthdogIdentity(this IServiceCollection services, IConfiguration configuration) => services
        .AddStorage(configuration)
        .AddKeys(configuration)
        .AddTenants()
        .AddUpkeep()
        .AddAudit()
        .AddRedis(configuration)
        .AddUsers(configuration)
        .AddSessions(configuration)
        .AddTenantLifecycle(configuration)
        .AddPages(configuration)
        .AddMail(configuration)
        .AddMfaPolicy(configuration)
        .AddLogin(configuration)
        .AddSso(configuration)
        .AddOidc()
        .AddDomains(configuration)
        .AddSaml()
        .AddSocial(configuration)
        .AddSetup()
        .AddPasskeys(configuration)
        .AddPasswords(configuration)
        .AddMfa()
        .AddEmailCodes(configuration)
        .AddSignUp(configuration)
        .AddRecovery(configuration)
        .AddNotices(configuration)
        .AddAccounts()
        .AddProfile()
        .AddAddress()
        .AddDevices(configuration)
        .AddConsents(configuration)
        .AddExport()
        .AddDeletion(configuration);
}
