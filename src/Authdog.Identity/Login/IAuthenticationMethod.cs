using Microsoft.AspNetCore.Http;

namespace Authdog.Identity.Login;

/// <summary>A way to prove who one is: is it available in this transaction, start it, what did it prove.</summary>
public interface IAuthenticationMethod
{
    /// <summary>Its name in the field <c>method</c>, such as <c>password</c>.</summary>
    string Name { get; }

    /// <summary>The level that a session has after this method alone (<c>aal1</c>, <c>aal2</c>).</summary>
    string Acr { get; }

    /// <summary>Whether it can be offered. The answer must not tell whether the address has an account (I1).</summary>
    ValueTask<bool> IsAvailableAsync(LoginTransaction transaction, CancellationToken cancellationToken);

    /// <summary>Its page, or the redirect that begins it; with the refusal of the last try, if there was one.</summary>
    IResult Start(HttpContext context, LoginFlow flow, LoginProof.Refused? refusal);

    /// <summary>Judges what its page posted.</summary>
    Task<LoginProof> ProveAsync(HttpContext context, LoginFlow flow, IFormCollection form, CancellationToken cancellationToken);
}
