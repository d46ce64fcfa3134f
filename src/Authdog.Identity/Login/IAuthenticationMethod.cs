using System.Collections.Immutable;
using Authdog.Identity.Sessions;
using Authdog.Identity.Users;
using Microsoft.AspNetCore.Http;

namespace Authdog.Identity.Login;

/// <summary>A way to prove who one is: is it available in this login, start it, what did it prove.</summary>
/// <remarks>Its texts are <c>Method.{Name}</c> (what people call it) and <c>Method.{Name}.Hint</c> (what they need for it).</remarks>
public interface IAuthenticationMethod
{
    /// <summary>Its name in the field <c>method</c> and in <see cref="AuthenticationFactor.Method"/>, such as <c>password</c>.</summary>
    string Name { get; }

    /// <summary>Place among those on offer: lower is better for most people, and offered earlier.</summary>
    int Rank { get; }

    /// <summary>What it shows at best.</summary>
    FactorKinds Kinds { get; }

    /// <summary>Methods in the words of RFC 8176 that it can give.</summary>
    ImmutableArray<string> Amr { get; }

    /// <summary>Whether a login can begin with it. The others count only beside a first proof.</summary>
    bool IsFirst { get; }

    /// <summary>Whether it finds the user by itself, without an address (a discoverable passkey).</summary>
    bool NeedsNoIdentifier => false;

    /// <summary>A component that the page asking for the address shows beside the field (parameters <c>Page</c> and <c>Flow</c>); null when there is none.</summary>
    Type? BesideIdentifier => null;

    /// <summary>Whether it can be used. While <paramref name="user"/> is null, the answer must not tell whether the address has an account (I1).</summary>
    ValueTask<MethodAvailability> AvailabilityAsync(LoginFlow flow, User? user, CancellationToken cancellationToken);

    /// <summary>Whether the user could begin a login with it, as the directory has them now, wherever that may be: so that the last way in is never removed. A method that is no first one is none.</summary>
    ValueTask<bool> LetsInAsync(User user, CancellationToken cancellationToken) => ValueTask.FromResult(false);

    /// <summary>Whether the user has set it up as a second step, so that no login is done without two kinds of proof.</summary>
    ValueTask<bool> ProtectsAsync(User user, CancellationToken cancellationToken);

    /// <summary>Whether the user has anything of it that shows possession, wherever it can be used: who has, shows it before what opens the account is changed.</summary>
    ValueTask<bool> HoldsAsync(User user, CancellationToken cancellationToken) => ProtectsAsync(user, cancellationToken);

    /// <summary>Another host of the tenant on which the user can prove by it what they cannot prove here; null when there is none.</summary>
    ValueTask<string?> ElsewhereAsync(User user, CancellationToken cancellationToken) => ValueTask.FromResult<string?>(null);

    /// <summary>Its page, or the redirect that begins it; with the refusal of the last try, if there was one. GET leads here: nothing is sent and nothing consumed.</summary>
    Task<IResult> StartAsync(HttpContext context, LoginStep current, LoginProof.Refused? refusal);

    /// <summary>Judges what its page posted. A method that proves the user at an endpoint of its own calls <see cref="LoginProofs.AcceptAsync"/> instead.</summary>
    Task<LoginProof> ProveAsync(HttpContext context, LoginStep current, IFormCollection form, CancellationToken cancellationToken);

    /// <summary>Removes what the user has set up as a second step, because it is lost and the wait is over.</summary>
    Task ResetAsync(User user, CancellationToken cancellationToken) => Task.CompletedTask;
}
