using Authdog.Identity.Accounts;
using Authdog.Identity.Accounts.Address;
using Authdog.Identity.Accounts.Deletion;
using Authdog.Identity.Accounts.Devices;
using Authdog.Identity.Accounts.Export;
using Authdog.Identity.Accounts.Profile;
using Authdog.Identity.Admission;
using Authdog.Identity.ApiKeys;
using Authdog.Identity.Attacks;
using Authdog.Identity.Audit;
using Authdog.Identity.Audit.Chain;
using Authdog.Identity.Audit.Delivery;
using Authdog.Identity.Audit.Retention;
using Authdog.Identity.Bots;
using Authdog.Identity.Challenges;
using Authdog.Identity.Clients;
using Authdog.Identity.Consents;
using Authdog.Identity.EmailCodes;
using Authdog.Identity.Invitations;
using Authdog.Identity.Keys;
using Authdog.Identity.Login;
using Authdog.Identity.Login.Risk;
using Authdog.Identity.Mail;
using Authdog.Identity.Mfa;
using Authdog.Identity.Mfa.Policies;
using Authdog.Identity.Notices;
using Authdog.Identity.Notices.NotMe;
using Authdog.Identity.Organizations;
using Authdog.Identity.Pages;
using Authdog.Identity.Passkeys;
using Authdog.Identity.Passwords;
using Authdog.Identity.Passwords.Breaches;
using Authdog.Identity.Passwords.Replacement;
using Authdog.Identity.Recovery;
using Authdog.Identity.Redis;
using Authdog.Identity.Redis.Rates;
using Authdog.Identity.Sessions;
using Authdog.Identity.SignUp;
using Authdog.Identity.SignUp.Domains;
using Authdog.Identity.Social;
using Authdog.Identity.Sso;
using Authdog.Identity.Sso.Domains;
using Authdog.Identity.Sso.Identities;
using Authdog.Identity.Sso.Oidc;
using Authdog.Identity.Sso.Saml;
using Authdog.Identity.Sso.Setup;
using Authdog.Identity.Standby;
using Authdog.Identity.Storage;
using Authdog.Identity.Tenants;
using Authdog.Identity.Tenants.Lifecycle;
using Authdog.Identity.Upkeep;
using Authdog.Identity.Users;
using Authdog.Identity.Users.Import;
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
        .AddStandby()
        .AddAudit()
        .AddAuditChain()
        .AddAuditRetention(configuration)
        .AddAuditDelivery(configuration)
        .AddRedis(configuration)
        .AddRates(configuration)
        .AddUsers(configuration)
        .AddSessions(configuration)
        .AddTenantLifecycle(configuration)
        .AddPages(configuration)
        .AddMail(configuration)
        .AddClients()
        .AddBots(configuration)
        .AddAttacks(configuration)
        .AddChallenges(configuration)
        .AddMfaPolicy(configuration)
        .AddLogin(configuration)
        .AddSso(configuration)
        .AddOidc()
        .AddDomains(configuration)
        .AddSaml()
        .AddAdmission(configuration)
        .AddSocial(configuration)
        .AddSetup()
        .AddPasskeys(configuration)
        .AddPasswords(configuration)
        .AddBreaches(configuration)
        .AddLeakedPasswords()
        .AddMfa()
        .AddEmailCodes(configuration)
        .AddSignUpDomains(configuration)
        .AddSignUp(configuration)
        .AddNotices(configuration)
        .AddRecovery(configuration)
        .AddNotMe()
        .AddAccounts()
        .AddLinkedIdentities()
        .AddProfile()
        .AddAddress()
        .AddDevices(configuration)
        .AddRisk(configuration)
        .AddConsents(configuration)
        .AddExport()
        .AddDeletion(configuration)
        .AddInvitations(configuration)
        .AddOrganizations(configuration)
        .AddApiKeys()
        .AddUserImport();
}
