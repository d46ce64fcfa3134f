namespace Authdog.Gateway.Routing;

/// <summary>Names under which a route's app reads who asks.</summary>
internal sealed record IdentityHeaderNames
{
    /// <summary>Header of the signed assertion; the same on every route.</summary>
    public const string Assertion = "X-Authdog-Assertion";

    /// <summary>The names that apply when a route says nothing.</summary>
    public static IdentityHeaderNames Default { get; } = new();

    public string User { get; init; } = "X-Authdog-User";

    public string Email { get; init; } = "X-Authdog-Email";

    public string Name { get; init; } = "X-Authdog-Name";

    public string Tenant { get; init; } = "X-Authdog-Tenant";

    public string Roles { get; init; } = "X-Authdog-Roles";

    public IEnumerable<string> All => [User, Email, Name, Tenant, Roles];
}
