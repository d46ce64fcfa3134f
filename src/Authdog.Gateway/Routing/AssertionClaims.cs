namespace Authdog.Gateway.Routing;

/// <summary>Lists that a route's assertion says beyond those that every assertion has.</summary>
[Flags]
internal enum AssertionClaims
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary><c>groups</c>.</summary>
    Groups = 1,

    /// <summary><c>permissions</c>.</summary>
    Permissions = 2,
}
