using Authdog.Identity.Login;

namespace Authdog.Identity.Mfa;

/// <summary>What became of a new authenticator: a closed set.</summary>
internal abstract record AuthenticatorSetupResult
{
    private AuthenticatorSetupResult()
    {
    }

    /// <summary>It is set up; with new recovery codes to show, when there were none before.</summary>
    public sealed record Added(IReadOnlyList<string> Codes) : AuthenticatorSetupResult;

    /// <summary>It is not; a field and the key of the text that says why.</summary>
    public sealed record Refused(string Field, string Text) : AuthenticatorSetupResult;

    /// <summary>Too many tries.</summary>
    public sealed record Throttled(LoginProof.Throttled Wait) : AuthenticatorSetupResult;
}
