namespace Authdog.Gateway.Routing;

/// <summary>What a route's assertion says beyond those that every assertion has.</summary>
[Flags]
internal enum AssertionClaims
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary><c>groups</c>.</summary>
    Groups = 1,

    /// <summary><c>permissions</c>.</summary>
    Permissions = 2,

    /// <summary><c>consents</c>: an object with the version of each document that the person has agreed to.</summary>
    Consents = 4,
}
