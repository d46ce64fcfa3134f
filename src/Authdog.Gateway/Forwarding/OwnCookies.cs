namespace Authdog.Gateway.Forwarding;

/// <summary>Knows the gateway's cookies by name: <c>authdog</c>, <c>authdog-…</c>, with or without a cookie prefix.</summary>
internal static class OwnCookies
{
    private const string Name = "authdog";

    /// <summary>Removes the gateway's cookies from a <c>Cookie</c> value; the others stay byte for byte. Null when none is left.</summary>
    public static string? RemoveFrom(string cookies)
    {
        if (!cookies.Contains(Name, StringComparison.OrdinalIgnoreCase))
        {
            return cookies;
        }

        List<string>? kept = null;
        foreach (var part in cookies.AsSpan().Split(';'))
        {
            if (!IsOwn(cookies.AsSpan(part)))
            {
                (kept ??= []).Add(cookies[part]);
            }
        }

        return kept is null ? null : string.Join(';', kept).TrimStart(' ');
    }

    /// <summary>Whether a cookie pair, or a whole <c>Set-Cookie</c> value, is about one of the gateway's cookies.</summary>
    /// <remarks>A browser stores <c>=authdog=x</c> without a name and sends it back as <c>authdog=x</c>, so what leads with <c>=</c> is read past it.</remarks>
    public static bool IsOwn(ReadOnlySpan<char> pair)
    {
        var text = pair.TrimStart(" \t=");
        var end = text.IndexOfAny('=', ';');
        var name = (end < 0 ? text : text[..end]).Trim(" \t");
        name = WithoutPrefix(WithoutPrefix(name, "__Host-"), "__Secure-");
        return name.StartsWith(Name, StringComparison.OrdinalIgnoreCase) && (name.Length == Name.Length || name[Name.Length] == '-');
    }

    private static ReadOnlySpan<char> WithoutPrefix(ReadOnlySpan<char> name, string prefix) =>
        name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) ? name[prefix.Length..] : name;
}
