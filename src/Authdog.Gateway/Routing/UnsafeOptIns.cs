namespace Authdog.Gateway.Routing;

/// <summary>What a route lets pass for the sake of its app although other servers read it differently. Metadata <c>Authdog:Unsafe:NAME</c> = <c>true</c>.</summary>
[Flags]
internal enum UnsafeOptIns
{
    None = 0,

    /// <summary><c>%2f</c> in the path. Policies never match it as a slash; an app may.</summary>
    EncodedSlash = 1,

    /// <summary><c>//</c> in the path. Apps that merge slashes see another path than the policy.</summary>
    EmptySegments = 2,

    /// <summary><c>;</c> in the path. Apps that cut parameters off see another path than the policy.</summary>
    PathParameters = 4,

    /// <summary>Header names with other characters than letters, digits and <c>-</c>. Apps that fold names may take one for another.</summary>
    HeaderNames = 8,
}
