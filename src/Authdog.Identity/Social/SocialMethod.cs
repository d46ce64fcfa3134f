using System.Collections.Immutable;
using Authdog.Identity.Login;
using Authdog.Identity.Pages;
using Authdog.Identity.Sessions;
using Authdog.Identity.Sso;
using Authdog.Identity.Sso.Oidc;
using Authdog.Identity.Tenants;
using Authdog.Identity.Users;
using Microsoft.AspNetCore.Http;

namespace Authdog.Identity.Social;

/// <summary>Signs in with an account that the person has elsewhere: by a button on the page that asks for an address, or, for whoever is known by one already, wherever a login asks again.</summary>
internal sealed class SocialMethod(
    SocialProviders providers,
    OidcProtocol oidc,
    OAuthProtocol oauth,
    ExternalIdentities identities,
    ExternalFailures failures,
    TenantOptions<SocialOptions> options,
    ErrorPages errors) : IAuthenticationMethod, IIdentitySource
{
    /// <summary>Its name.</summary>
    public const string MethodName = "social";

    public string Name => MethodName;

    public int Rank => 60;

    public FactorKinds Kinds => FactorKinds.Knowledge;

    public ImmutableArray<string> Amr => [];

    public bool IsFirst => true;

    public bool NeedsNoIdentifier => true;

    public Type? BesideIdentifier => typeof(SocialButtons);

    /// <summary>Providers on offer.</summary>
    public IEnumerable<SocialProvider> Offered => options.Value.Enabled ? providers.All : [];

    public async ValueTask<MethodAvailability> AvailabilityAsync(LoginFlow flow, User? user, CancellationToken cancellationToken)
    {
        if (user is null)
        {
            // Of an address alone nobody learns what it is linked to (I1): the buttons are beside the field.
            return flow.Transaction.Email is null && Offered.Any() ? MethodAvailability.Ready : MethodAvailability.None;
        }

        return !flow.Transaction.Requirement.AsksForFreshProof && !flow.Transaction.Proved.Any(static factor => factor.Method == MethodName) && await LinkedAsync(user, cancellationToken) is not null
            ? MethodAvailability.Ready
            : MethodAvailability.None;
    }

    public async ValueTask<bool> LetsInAsync(User user, CancellationToken cancellationToken) => await LinkedAsync(user, cancellationToken) is not null;

    public ValueTask<bool> ProtectsAsync(User user, CancellationToken cancellationToken) => ValueTask.FromResult(false);

    public async Task<IResult> StartAsync(HttpContext context, LoginStep current, LoginProof.Refused? refusal)
    {
        var provider = current.User is { } user ? await LinkedAsync(user, context.RequestAborted) : Offer(context.Request.Query["connection"]);
        if (provider is null || !current.Flow.IsWritten)
        {
            return provider is null ? errors.Page(context, ErrorKind.StrongerSignInUnavailable) : new SeeOther(LoginAddress.Of(current.Flow));
        }

        return await LeaveAsync(context, current, provider);
    }

    public Task<IReadOnlyList<ConnectionRecord>> OfferedAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ConnectionRecord>>([.. Offered.Select(static provider => provider.Connection)]);

    public Task<IResult> LeaveAsync(HttpContext context, LoginFlow flow, ConnectionRecord connection) =>
        Offer(connection.Slug) is { } provider
            ? LeaveAsync(context, new LoginStep(flow, User: null, Enrolling: false, HasOthers: false), provider)
            : Task.FromResult(errors.Page(context, ErrorKind.NotFound));

    /// <summary>The button: the next page leads to the provider.</summary>
    public Task<LoginProof> ProveAsync(HttpContext context, LoginStep current, IFormCollection form, CancellationToken cancellationToken)
    {
        var address = Offer(form["connection"]) is { } provider ? LoginAddress.By(current.Flow, MethodName) + "&connection=" + provider.Connection.Slug : LoginAddress.Of(current.Flow);
        return Task.FromResult<LoginProof>(new LoginProof.Continues(new SeeOther(address)));
    }

    private async Task<IResult> LeaveAsync(HttpContext context, LoginStep current, SocialProvider provider)
    {
        try
        {
            return provider.IsOidc ? await oidc.StartAsync(context, current, provider.Connection, MethodName) : await oauth.StartAsync(context, current, provider);
        }
        catch (ExternalFailureException failure)
        {
            return await failures.PageAsync(context, provider.Connection.Name, provider.Connection.QualifiedName, failure.Refusal, failure.Message, current.Flow);
        }
    }

    private SocialProvider? Offer(string? name) => options.Value.Enabled ? providers.Find(name) : null;

    private async Task<SocialProvider?> LinkedAsync(User user, CancellationToken cancellationToken)
    {
        if (!Offered.Any())
        {
            return null;
        }

        var linked = await identities.ProvidersAsync(user.UserId, cancellationToken);
        return Offered.FirstOrDefault(provider => linked.Contains(provider.Connection.LoginProvider));
    }
}
