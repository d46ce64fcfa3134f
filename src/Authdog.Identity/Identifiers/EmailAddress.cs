using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Authdog.Identity.Identifiers;

/// <summary>An e-mail address in normal form: one <c>@</c>, local part in NFC, domain in lower-case ASCII (IDNA). Exists only by parsing (B12).</summary>
/// <remarks>Quoted local parts, comments and address literals (RFC 5321, section 4.1.2) are refused: nobody signs up with one, and parsers disagree on them.</remarks>
public sealed record EmailAddress
{
    private const int MaxLength = 254;
    private const int MaxLocalLength = 64;
    private static readonly IdnMapping s_idn = new() { UseStd3AsciiRules = true };

    private EmailAddress(string local, string domain)
    {
        Value = $"{local}@{domain}";
        Domain = domain;
    }

    /// <summary>The whole address; upper and lower case of the local part is kept.</summary>
    public string Value { get; }

    /// <summary>The domain, lower-case ASCII.</summary>
    public string Domain { get; }

    /// <summary>The form in which addresses are compared and found: upper case, invariant.</summary>
    public string Normalized => Value.ToUpperInvariant();

    /// <summary>The mailbox that it probably is, whatever is added to its name: without <c>+…</c>, and for Gmail without dots; upper case. Not an address: nothing is ever sent there.</summary>
    public string Mailbox
    {
        get
        {
            var local = Value[..^(Domain.Length + 1)];
            var plus = local.IndexOf('+', StringComparison.Ordinal);
            local = plus > 0 ? local[..plus] : local;
            var isGmail = Domain is "gmail.com" or "googlemail.com";
            return $"{(isGmail ? local.Replace(".", string.Empty, StringComparison.Ordinal) : local)}@{(isGmail ? "gmail.com" : Domain)}".ToUpperInvariant();
        }
    }

    /// <summary>Reads an address; false when the text is none.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out EmailAddress? address)
    {
        address = null;
        text = text?.Trim();
        if (text is null || text.Length is 0 or > MaxLength)
        {
            return false;
        }

        var at = text.IndexOf('@', StringComparison.Ordinal);
        if (at <= 0 || at != text.LastIndexOf('@') || at == text.Length - 1)
        {
            return false;
        }

        if (!TryNormalizeLocal(text[..at], out var local) || !TryNormalizeDomain(text[(at + 1)..], out var domain))
        {
            return false;
        }

        address = new EmailAddress(local, domain);
        return address.Value.Length <= MaxLength;
    }

    /// <summary>Prints a fingerprint, not the address: addresses do not belong in logs.</summary>
    public override string ToString() => $"{Value[0]}…@{Domain}";

    private static bool TryNormalizeLocal(string local, out string normalized)
    {
        normalized = string.Empty;
        if (!TryNormalize(local, out var text)
            || text.Length > MaxLocalLength
            || text[0] == '.' || text[^1] == '.' || text.Contains("..", StringComparison.Ordinal))
        {
            return false;
        }

        foreach (var rune in text.EnumerateRunes())
        {
            var atext = rune.IsAscii
                ? char.IsAsciiLetterOrDigit((char)rune.Value) || ".!#$%&'*+-/=?^_`{|}~".Contains((char)rune.Value, StringComparison.Ordinal)
                : Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
            if (!atext)
            {
                return false;
            }
        }

        normalized = text;
        return true;
    }

    private static bool TryNormalizeDomain(string domain, out string normalized)
    {
        normalized = string.Empty;
        try
        {
            var ascii = s_idn.GetAscii(domain).ToLowerInvariant();
            // A trailing dot names the same host by another string, which no policy about domains would match (B12).
            if (!ascii.Contains('.', StringComparison.Ordinal) || ascii[^1] == '.' || Uri.CheckHostName(ascii) != UriHostNameType.Dns)
            {
                return false;
            }

            normalized = ascii;
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static bool TryNormalize(string text, out string normalized)
    {
        try
        {
            normalized = text.Normalize(NormalizationForm.FormC);
            return true;
        }
        catch (ArgumentException)
        {
            // Unpaired surrogates have no normal form.
            normalized = string.Empty;
            return false;
        }
    }
}
