using Authdog.Policies.Criteria;

namespace Authdog.Policies.Language;

/// <summary>Reads the criterion <c>client-certificate</c>.</summary>
internal static class ClientCertificateReader
{
    private const int ThumbprintDigits = 64;

    public static Criterion? Read(YamlMap map, RuleContext context)
    {
        var thumbprints = Values(map, "thumbprint", context.Errors);
        string[] digits = [.. (thumbprints ?? []).Select(value => value.Text.Replace(":", "", StringComparison.Ordinal).ToLowerInvariant())];
        for (var i = 0; i < digits.Length; i++)
        {
            if (digits[i].Length != ThumbprintDigits || !digits[i].All(char.IsAsciiHexDigitLower))
            {
                context.Errors.Add(ErrorCodes.BadThumbprint, thumbprints![i].Place, "This is no SHA-256 thumbprint", thumbprints[i].Text, $"Write {ThumbprintDigits} hexadecimal digits");
                thumbprints = null;
                break;
            }
        }

        var subjects = Values(map, "subject", context.Errors);
        var issuers = Values(map, "issuer", context.Errors);
        var names = Values(map, "name", context.Errors);
        return thumbprints is null || subjects is null || issuers is null || names is null
            ? null
            : new ClientCertificateCriterion(digits, Texts(subjects), Texts(issuers), Texts(names));
    }

    private static IReadOnlyList<YamlScalar>? Values(YamlMap map, string key, ErrorList errors) => map[key] is { } node ? Expect.Values(node, key, errors) : [];

    private static string[] Texts(IReadOnlyList<YamlScalar> values) => [.. values.Select(value => value.Text)];
}
