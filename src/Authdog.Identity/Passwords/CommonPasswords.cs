using System.Text;
using Authdog.Identity.Identifiers;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Passwords;

/// <summary>The built-in list of common passwords and the operator's own, read on first use.</summary>
internal sealed class CommonPasswords(IOptions<PasswordOptions> options)
{
    private const string Resource = "Authdog.Identity.Passwords.Blocklist.common-passwords.txt";
    private readonly Lazy<SortedLines> _builtIn = new(() => SortedLines.Read(typeof(CommonPasswords).Assembly.GetManifestResourceStream(Resource)!));
    private readonly Lazy<HashSet<string>> _own = new(() => ReadOwn(options.Value.BlocklistFile));

    /// <summary>Whether the text (NFC, lower case) is on a list.</summary>
    public bool Contains(string text) => _builtIn.Value.Contains(text) || _own.Value.Contains(text);

    private static HashSet<string> ReadOwn(string? file) => file is null
        ? []
        : [.. File.ReadLines(file).Select(line => line.Trim().Normalize(NormalizationForm.FormC).ToLowerInvariant()).Where(line => line.Length > 0)];
}
