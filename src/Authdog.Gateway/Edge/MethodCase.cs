namespace Authdog.Gateway.Edge;

/// <summary>Methods are case-sensitive (RFC 9110, section 9.1), but clients and apps in the way fold the known ones: <c>get</c> would be judged and <c>GET</c> sent (B1).</summary>
internal static class MethodCase
{
    private static readonly string[] s_known =
        [HttpMethods.Get, HttpMethods.Post, HttpMethods.Put, HttpMethods.Delete, HttpMethods.Patch, HttpMethods.Head, HttpMethods.Options, HttpMethods.Trace, HttpMethods.Connect];

    /// <summary>Whether the method is a standard one as it is written, or none in any case.</summary>
    public static bool IsOne(string method)
    {
        // The server gives known methods as these very strings.
        foreach (var known in s_known)
        {
            if (ReferenceEquals(method, known))
            {
                return true;
            }
        }

        foreach (var known in s_known)
        {
            if (string.Equals(method, known, StringComparison.OrdinalIgnoreCase))
            {
                return string.Equals(method, known, StringComparison.Ordinal);
            }
        }

        return true;
    }
}
