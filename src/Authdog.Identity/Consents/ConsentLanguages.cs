using Authdog.Identity.Pages;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Consents;

/// <summary>A document has a text in each language in which its pages are offered: nobody agrees to what they cannot read.</summary>
internal static class ConsentLanguages
{
    /// <summary>What is missing.</summary>
    public static IEnumerable<string> Mistakes(ConsentOptions consents, BrandOptions brand) =>
        from document in consents.Documents
        from language in brand.OfferedLanguages
        where !document.Value.Texts.ContainsKey(language)
        select $"{ConsentOptions.Section}:Documents:{document.Key}:Texts has no '{language}', in which the pages are offered. Give a text, or take the language out of Login:Brand:Languages.";

    /// <summary>The gateway's own. A tenant's documents are judged by the tenant's languages (<see cref="Tenants.TenantSettingsRule"/>).</summary>
    [Tenants.GatewayOnly]
    internal sealed class Validator(IOptions<BrandOptions> brand) : IValidateOptions<ConsentOptions>
    {
        public ValidateOptionsResult Validate(string? name, ConsentOptions options)
        {
            var errors = new ValidateOptionsResultBuilder();
            foreach (var mistake in Mistakes(options, brand.Value))
            {
                errors.AddError(mistake);
            }

            return errors.Build();
        }
    }
}
