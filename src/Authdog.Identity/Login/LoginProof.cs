using Authdog.Identity.Sessions;
using Authdog.Identity.Users;
using Microsoft.AspNetCore.Http;

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
    public sealed record Proved(User User, AuthenticationFactor Factor) : LoginProof
    {
        /// <summary>A page to show before the login goes on, such as new recovery codes; it gets the address to go on to. Null when there is none.</summary>
        public Func<string, IResult>? Show { get; init; }

        /// <summary>Whether what was proved is a password that others may know, from a leak elsewhere.</summary>
        public bool LeakedPassword { get; init; }
    }

    /// <summary>It is not proved.</summary>
    /// <param name="Field">Field that the text belongs to.</param>
    /// <param name="Text">Key of the text that says so; the same for every reason that would tell whether the account exists (I1).</param>
    public sealed record Refused(string Field, string Text) : LoginProof;

    /// <summary>Too many tries: not judged at all.</summary>
    /// <param name="RetryAfter">When to come back.</param>
    /// <param name="Text">Key of a text that takes the place of the usual one; its placeholder is the wait in minutes.</param>
    public sealed record Throttled(TimeSpan RetryAfter, string? Text = null) : LoginProof;

    /// <summary>Nothing to judge yet: the method goes on with a page of its own.</summary>
    /// <param name="Answer">The page, or the redirect to it.</param>
    public sealed record Continues(IResult Answer) : LoginProof;
}
