using Authdog.Identity.Mfa.Policies;
using Authdog.Identity.Sessions;
using Authdog.Identity.Tenants;
using Authdog.Identity.Users;

namespace Authdog.Identity.Login;

/// <summary>Says what a login still needs, of the requirement, of the tenant's and the roles' policy and of what the account's owner has set up. The one place that judges it (B13).</summary>
internal sealed class LoginSteps(IEnumerable<IAuthenticationMethod> methods, IEnumerable<LoginCondition> conditions, LoginMandates mandates, TenantOptions<LoginOptions> options, MfaPolicy policy, UserDirectory users, TimeProvider time)
{
    // What is set up becomes a key to the account: only right after a proof, whatever else a session still counts for.
    private static readonly TimeSpan s_freshEnoughToEnrol = TimeSpan.FromMinutes(10);

    // Login:Methods says how a login may begin. What was set up as a second step goes on protecting its account, whatever it says.
    private readonly IAuthenticationMethod[] _methods = [.. methods.Where(method => !method.IsFirst || options.Value.Allows(method.Name)).OrderBy(static method => method.Rank)];

    public IAuthenticationMethod? Find(string name) => Array.Find(_methods, method => method.Name == name);

    /// <summary>Components for the page that asks for an address.</summary>
    public async Task<IReadOnlyList<Type>> BesideIdentifierAsync(LoginFlow flow, CancellationToken cancellationToken)
    {
        List<Type> components = [];
        foreach (var method in _methods)
        {
            if (method.BesideIdentifier is { } component && await method.AvailabilityAsync(flow, null, cancellationToken) is MethodAvailability.Ready)
            {
                components.Add(component);
            }
        }

        return components;
    }

    public async Task<LoginNext> NextAsync(LoginFlow flow, User? user, CancellationToken cancellationToken)
    {
        var mandate = await mandates.FindAsync(user?.Email ?? flow.Transaction.Email, cancellationToken);
        if (user is null)
        {
            return flow.Transaction.Email is null ? new LoginNext.Identify() : Prove(await OfAsync(MethodAvailability.Ready, flow, null, method => method.IsFirst && mandate.Allows(method), cancellationToken));
        }

        // Whatever else was proved: a connection that is mandated has not vouched for them.
        if (!mandate.IsMetBy(flow.Factors))
        {
            return Prove(await OfAsync(MethodAvailability.Ready, flow, user, method => mandate.IsMandated(method), cancellationToken));
        }

        var obligation = policy.For(user, policy.ConcernsRoles ? await users.RolesAsync(user, cancellationToken) : []);
        var missing = Missing(flow, obligation.IsDue || await IsProtectedAsync(user, cancellationToken));
        if (!missing.Anything)
        {
            return await OfferAsync(flow, user, obligation, cancellationToken);
        }

        var ready = await OfAsync(MethodAvailability.Ready, flow, user, method => mandate.Allows(method) && missing.IsServedBy(method), cancellationToken);
        if (missing.IsReachedBy(ready))
        {
            return Prove(ready);
        }

        var enrollable = await OfAsync(MethodAvailability.Enrollable, flow, user, method => mandate.Allows(method) && missing.IsServedBy(method), cancellationToken);
        if (!missing.IsReachedBy([.. ready, .. enrollable]))
        {
            return new LoginNext.Unreachable();
        }

        // First all that the account has already: nobody sets up a second factor beside one that they do not show, be it one of another host.
        if (ready.Count > 0)
        {
            return Prove(ready);
        }

        if (await IsWithheldAsync(flow, user, cancellationToken))
        {
            return new LoginNext.Unreachable();
        }

        return flow.Factors.Any(factor => time.GetUtcNow() - factor.ProvedAt <= s_freshEnoughToEnrol)
            ? new LoginNext.Enrol(enrollable, Until: null)
            : Prove(await OfAsync(MethodAvailability.Ready, flow, user, method => method.IsFirst && mandate.Allows(method), cancellationToken));
    }

    private static LoginNext Prove(IReadOnlyList<IAuthenticationMethod> methods) => methods.Count > 0 ? new LoginNext.Prove(methods) : new LoginNext.Unreachable();

    private async Task<LoginNext> OfferAsync(LoginFlow flow, User user, MfaObligation obligation, CancellationToken cancellationToken)
    {
        if (obligation.Deadline is not { } deadline || flow.Transaction.Postponed || flow.Transaction.Proved.IsEmpty || Assurance.Acr(flow.Factors) != Assurance.SingleFactor
            || await IsWithheldAsync(flow, user, cancellationToken))
        {
            return await SettleAsync(user, cancellationToken);
        }

        var kinds = KindsOf(flow.Factors);
        var enrollable = await OfAsync(MethodAvailability.Enrollable, flow, user, method => (method.Kinds & ~kinds) != FactorKinds.None, cancellationToken);
        return enrollable.Count > 0 ? new LoginNext.Enrol(enrollable, deadline) : await SettleAsync(user, cancellationToken);
    }

    // What the account has and this login has not shown: whoever sets up another beside it need not be its owner.
    private async Task<bool> IsWithheldAsync(LoginFlow flow, User user, CancellationToken cancellationToken) =>
        !KindsOf(flow.Factors).HasFlag(FactorKinds.Possession) && await HasPossessionAsync(user, cancellationToken);

    private async Task<LoginNext> SettleAsync(User user, CancellationToken cancellationToken)
    {
        foreach (var condition in conditions)
        {
            if (!await condition.IsMetAsync(user, cancellationToken))
            {
                return new LoginNext.Settle(condition);
            }
        }

        return new LoginNext.Complete();
    }

    private MissingProof Missing(LoginFlow flow, bool needsTwoKinds)
    {
        var requirement = flow.Transaction.Requirement;
        var counting = flow.Counting(time.GetUtcNow());
        var standing = requirement.Reauthenticate ? counting : flow.Factors;
        var level = !requirement.IsLevelReachedBy(counting) || (requirement.Amr.Contains(Assurance.MultiFactorMethod) && !requirement.IsMethodAmong(counting));
        var own = needsTwoKinds && Assurance.Acr(standing) != Assurance.MultiFactor;
        return new MissingProof(
            Levels: level || own,
            Beyond: requirement.Acr is not (null or Assurance.SingleFactor or Assurance.MultiFactor),
            Kinds: KindsOf(level ? counting : standing),
            Amr: requirement.IsMethodAmong(counting) ? [] : requirement.Amr,
            IsStale: counting.IsEmpty);
    }

    /// <summary>Whether the user has set up a second step.</summary>
    public Task<bool> IsProtectedAsync(User user, CancellationToken cancellationToken) => IsProtectedByOtherAsync(except: null, user, cancellationToken);

    /// <summary>Whether the user has anything that shows possession, a passkey or a second step, wherever it can be used.</summary>
    public async Task<bool> HasPossessionAsync(User user, CancellationToken cancellationToken)
    {
        foreach (var method in _methods.Where(static method => method.Kinds.HasFlag(FactorKinds.Possession)))
        {
            if (await method.HoldsAsync(user, cancellationToken))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Where the user can show what they cannot show here; null when nowhere.</summary>
    public async Task<WayElsewhere?> ElsewhereAsync(LoginFlow flow, User user, CancellationToken cancellationToken)
    {
        foreach (var method in _methods)
        {
            if (await method.ElsewhereAsync(user, cancellationToken) is { } origin)
            {
                var portable = await OfAsync(MethodAvailability.Enrollable, flow, user, static other => !other.IsFirst, cancellationToken);
                return new WayElsewhere(origin, portable.Count > 0);
            }
        }

        return null;
    }

    /// <summary>Whether all that is missing is a proof that is young enough, which signing in anew gives.</summary>
    public bool IsOnlyStale(LoginFlow flow) =>
        flow.Transaction.Requirement is { Amr.IsEmpty: true, Acr: null or Assurance.SingleFactor } && flow.Factors.Length > 0 && flow.Counting(time.GetUtcNow()).IsEmpty;

    /// <summary>Whether the user has set up a second step by another method than this.</summary>
    public async Task<bool> IsProtectedByOtherAsync(string? except, User user, CancellationToken cancellationToken)
    {
        foreach (var method in _methods)
        {
            if (method.Name != except && await method.ProtectsAsync(user, cancellationToken))
            {
                return true;
            }
        }

        return false;
    }

    private async Task<IReadOnlyList<IAuthenticationMethod>> OfAsync(
        MethodAvailability availability, LoginFlow flow, User? user, Func<IAuthenticationMethod, bool> serves, CancellationToken cancellationToken)
    {
        List<IAuthenticationMethod> found = [];
        foreach (var method in _methods)
        {
            if (serves(method) && await method.AvailabilityAsync(flow, user, cancellationToken) == availability)
            {
                found.Add(method);
            }
        }

        return found;
    }

    private static FactorKinds KindsOf(IEnumerable<AuthenticationFactor> factors) => factors.Aggregate(FactorKinds.None, static (kinds, factor) => kinds | factor.Kinds);
}
