using System.Globalization;

namespace Authdog.Gateway.Access.Geo;

/// <summary>What people call a country.</summary>
internal static class CountryName
{
    /// <summary>The name in a language; the code itself where this machine has no names (ICU).</summary>
    /// <param name="code">ISO 3166-1 alpha-2, in upper case.</param>
    /// <param name="culture">The language.</param>
    public static string In(string code, CultureInfo culture)
    {
        try
        {
            // A language as it is spoken in a country is called "Deutsch (Österreich)" in itself: the one place where .NET has a country in a language of choice.
            var name = CultureInfo.GetCultureInfo($"{culture.TwoLetterISOLanguageName}-{code}").NativeName;
            var start = name.IndexOf('(', StringComparison.Ordinal);
            return start > 0 && name[^1] == ')' ? name[(start + 1)..^1] : code;
        }
        catch (CultureNotFoundException)
        {
            return code;
        }
    }
}
