using Authdog.Identity.Sessions;
using Authdog.Identity.Users;

namespace Authdog.Identity.Login;

/// <summary>What a method's try gave: a closed set.</summary>
public abstract record LoginProof
{
    private LoginProof()
    {
    }

    /// <summary>This is the user.</summary>
    /// <param name="User">The user.</param>
    /// <param name="Factor">What was proved.</param>
    public sealed record Proved(User User, AuthenticationFactor Factor) : LoginProof;

    /// <summary>It is not proved.</summary>
    /// <param name="Field">Field that the text belongs to.</param>
    /// <param name="Text">Key of the text that says so; the same for every reason that would tell whether the account exists (I1).</param>
    public sealed record Refused(string Field, string Text) : LoginProof;

    /// <summary>Too many tries: not judged at all.</summary>
    /// <param name="RetryAfter">When to come back.</param>
    public sealed record Throttled(TimeSpan RetryAfter) : LoginProof;
}
