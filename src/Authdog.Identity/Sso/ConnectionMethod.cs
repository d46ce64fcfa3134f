using System.Collections.Immutable;
using Authdog.Identity.Login;
using Authdog.Identity.Pages;
using Authdog.Identity.Sessions;
using Authdog.Identity.Tenants;
using Authdog.Identity.Users;
using Microsoft.AspNetCore.Http;

namespace Authdog.Identity.Sso;

/// <summary>Signs in by the identity provider of the person's company: that of their address's domain, that they are known by, or whose button they pressed.</summary>
internal sealed class ConnectionMethod(
    IEnumerable<IConnectionProtocol> protocols,
    HomeRealmDiscovery discovery,
    Connections connections,
    ExternalIdentities identities,
    ExternalFailures failures,
    CurrentTenant tenant,
    ErrorPages errors) : IAuthenticationMethod, IIdentitySource
{
    /// <summary>Its name.</summary>
    public const string MethodName = "sso";

    public string Name => MethodName;

    public int Rank => 5;

    // At best: a provider that is trusted about its second factors shows two kinds.
    public FactorKinds Kinds => FactorKinds.Knowledge | FactorKinds.Possession;

    public ImmutableArray<string> Amr => [];

    public bool IsFirst => true;

    public bool NeedsNoIdentifier => true;

    public Type? BesideIdentifier => typeof(ConnectionButtons);

    public async ValueTask<MethodAvailability> AvailabilityAsync(LoginFlow flow, User? user, CancellationToken cancellationToken)
    {
        if (user is null && flow.Transaction.Email is null)
        {
            return (await ButtonsAsync(cancellationToken)).Any() ? MethodAvailability.Ready : MethodAvailability.None;
        }

        // It has had its say in this login: who asks for more asks another method, not the same provider again and again.
        if (user is not null && flow.Transaction.Proved.Any(static factor => factor.Method == MethodName))
        {
            return MethodAvailability.None;
        }

        var connection = await FindAsync(flow, user, cancellationToken);
        return connection is null || (user is not null && AsksForMore(flow) && !Protocol(connection).CanStepUp(connection)) ? MethodAvailability.None : MethodAvailability.Ready;
    }

    /// <summary>By an identity that the user has, where they can go to it by themselves; or by their domain's connection, where that is the only way.</summary>
    public async ValueTask<bool> LetsInAsync(User user, CancellationToken cancellationToken)
    {
        var home = await discovery.FindAsync(user.Email, cancellationToken);
        if (home is { Enforced: true })
        {
            return true;
        }

        var linked = await identities.ProvidersAsync(user.UserId, cancellationToken);
        return linked.Count > 0
            && ((home is not null && linked.Contains(home.LoginProvider)) || (await ButtonsAsync(cancellationToken)).Any(connection => linked.Contains(connection.LoginProvider)));
    }

    public ValueTask<bool> ProtectsAsync(User user, CancellationToken cancellationToken) => ValueTask.FromResult(false);

    public async Task<IResult> StartAsync(HttpContext context, LoginStep current, LoginProof.Refused? refusal)
    {
        var connection = await AskedAsync(current.Flow, context.Request.Query["connection"], context.RequestAborted) ?? await FindAsync(current.Flow, current.User, context.RequestAborted);
        if (connection is null)
        {
            return errors.Page(context, ErrorKind.StrongerSignInUnavailable);
        }

        return await LeaveAsync(context, current, connection);
    }

    public async Task<IReadOnlyList<ConnectionRecord>> OfferedAsync(CancellationToken cancellationToken) => [.. await ButtonsAsync(cancellationToken)];

    public Task<IResult> LeaveAsync(HttpContext context, LoginFlow flow, ConnectionRecord connection) =>
        LeaveAsync(context, new LoginStep(flow, User: null, Enrolling: false, HasOthers: false), connection);

    /// <summary>The button on the page that asks for an address: the next page leads to the provider.</summary>
    public async Task<LoginProof> ProveAsync(HttpContext context, LoginStep current, IFormCollection form, CancellationToken cancellationToken) =>
        await AskedAsync(current.Flow, form["connection"], cancellationToken) is { } connection
            ? new LoginProof.Continues(new SeeOther(ConnectionPaths.Start(current.Flow, connection)))
            : new LoginProof.Continues(new SeeOther(LoginAddress.Of(current.Flow)));

    /// <summary>Connections that have a button.</summary>
    public async Task<IEnumerable<ConnectionRecord>> ButtonsAsync(CancellationToken cancellationToken) =>
        (await connections.OfAsync(tenant.Id, cancellationToken)).All.Where(connection => connection is { Enabled: true, HasButton: true } && protocols.Any(protocol => protocol.Kind == connection.Kind));

    /// <summary>The connection of a button, for the page behind it.</summary>
    public async Task<ConnectionRecord?> AskedAsync(LoginFlow flow, string? slug, CancellationToken cancellationToken) =>
        flow.User is null && slug is { Length: > 0 } && (await ButtonsAsync(cancellationToken)).FirstOrDefault(connection => connection.Slug == slug) is { } found ? found : null;

    private async Task<IResult> LeaveAsync(HttpContext context, LoginStep current, ConnectionRecord connection)
    {
        try
        {
            return await Protocol(connection).StartAsync(context, current, connection);
        }
        catch (ExternalFailureException failure)
        {
            return await failures.PageAsync(context, connection.Name, connection.Slug, failure.Refusal, failure.Message, current.Flow);
        }
    }

    private static bool AsksForMore(LoginFlow flow) => flow.Transaction.Requirement is { Acr: Assurance.MultiFactor } or { AsksForFreshProof: true };

    private async Task<ConnectionRecord?> FindAsync(LoginFlow flow, User? user, CancellationToken cancellationToken)
    {
        if (await discovery.FindAsync(user?.Email ?? flow.Transaction.Email, cancellationToken) is { } home)
        {
            return protocols.Any(protocol => protocol.Kind == home.Kind) ? home : null;
        }

        if (user is null)
        {
            return null;
        }

        // Known by it already: who asks is signed in or has proved to be this user.
        var linked = await identities.ProvidersAsync(user.UserId, cancellationToken);
        return (await connections.OfAsync(tenant.Id, cancellationToken)).All
            .FirstOrDefault(connection => connection.Enabled && linked.Contains(connection.LoginProvider) && protocols.Any(protocol => protocol.Kind == connection.Kind));
    }

    private IConnectionProtocol Protocol(ConnectionRecord connection) => protocols.First(protocol => protocol.Kind == connection.Kind);
}
