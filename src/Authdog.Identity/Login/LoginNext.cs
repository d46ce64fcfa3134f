namespace Authdog.Identity.Login;

/// <summary>What a login needs next: a closed set.</summary>
internal abstract record LoginNext
{
    private LoginNext()
    {
    }

    /// <summary>An address, or a method that needs none.</summary>
    public sealed record Identify : LoginNext;

    /// <summary>A proof by one of these methods, best first; never empty.</summary>
    public sealed record Prove(IReadOnlyList<IAuthenticationMethod> Methods) : LoginNext;

    /// <summary>One of these methods has to be set up; with <paramref name="Until"/>, that can wait until then.</summary>
    public sealed record Enrol(IReadOnlyList<IAuthenticationMethod> Methods, DateTimeOffset? Until) : LoginNext;

    /// <summary>Everything is proved, and something else has to be settled first.</summary>
    public sealed record Settle(LoginCondition Condition) : LoginNext;

    /// <summary>Nothing: everything is proved.</summary>
    public sealed record Complete : LoginNext;

    /// <summary>What is asked for is beyond everything that this account can prove or set up.</summary>
    public sealed record Unreachable : LoginNext;
}
