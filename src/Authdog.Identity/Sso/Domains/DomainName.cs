using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Authdog.Identity.Identifiers;

namespace Authdog.Identity.Sso.Domains;

/// <summary>A domain in the form that e-mail addresses have it: lower-case ASCII (IDNA), at least two labels, no trailing dot. Exists only by parsing.</summary>
public sealed record DomainName
{
    private static readonly DomainLists s_lists = DomainLists.Read();
    private static readonly IdnMapping s_idn = new() { UseStd3AsciiRules = true };

    private DomainName(string value) => Value = value;

    /// <summary>The domain.</summary>
    public string Value { get; }

    /// <summary>The form that people read (<c>müller.example</c>).</summary>
    public string Display
    {
        get
        {
            try
            {
                return s_idn.GetUnicode(Value);
            }
            catch (ArgumentException)
            {
                // Registered under older rules: shown as it is.
                return Value;
            }
        }
    }

    /// <summary>Whether it belongs to a provider of addresses for everybody, or is a suffix under which anybody registers: no organisation can prove it to be its own.</summary>
    public bool IsShared => s_lists.IsFreeMail(Value) || s_lists.IsPublicSuffix(Value);

    /// <summary>Reads a domain, in Unicode too; false when the text is none.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out DomainName? domain)
    {
        // The parser of addresses is the one that decides which domain an address has (B12).
        domain = text is not null
            && !text.Contains('@', StringComparison.Ordinal)
            && EmailAddress.TryParse("x@" + text.Trim(), out var address)
            && !address.Domain.Split('.')[^1].All(char.IsAsciiDigit)
                ? new DomainName(address.Domain)
                : null;
        return domain is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
