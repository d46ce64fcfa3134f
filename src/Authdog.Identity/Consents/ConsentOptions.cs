using System.Text;
using System.Text.RegularExpressions;
using Authdog.Identity.Pages;
using Authdog.Identity.Tenants;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Consents;

/// <summary>What people agree to (section <c>Consents</c>).</summary>
public sealed partial class ConsentOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Consents";

    private const int MaxFileBytes = 256 * 1024;
    private const int MaxTextBytes = 32 * 1024;

    /// <summary>The documents by id (lower-case letters, digits and <c>-</c>), required ones first, in the order of their ids.</summary>
    [PerTenant]
    public IDictionary<string, ConsentDocument> Documents { get; } = new SortedDictionary<string, ConsentDocument>(StringComparer.Ordinal);

    [GeneratedRegex("^[a-z][a-z0-9-]{0,39}$", RegexOptions.CultureInvariant)]
    private static partial Regex Id();

    internal sealed class Validator : IValidateOptions<ConsentOptions>
    {
        public ValidateOptionsResult Validate(string? name, ConsentOptions options)
        {
            var errors = new ValidateOptionsResultBuilder();
            foreach (var (id, document) in options.Documents)
            {
                var place = $"{Section}:Documents:{id}";
                if (!Id().IsMatch(id))
                {
                    errors.AddError($"{place} cannot be a document's id. Use 1 to 40 lower-case letters, digits and '-', beginning with a letter.");
                }

                if (document.Version.Length is 0 or > 40 || document.Version.Any(letter => char.IsControl(letter) || letter == ' '))
                {
                    errors.AddError($"{place}:Version is '{document.Version}'. Give 1 to 40 printable characters without blanks, such as 2026-11.");
                }

                foreach (var (language, text) in document.Texts)
                {
                    AddErrors(errors, $"{place}:Texts:{language}", language, text);
                }
            }

            return errors.Build();
        }

        private static void AddErrors(ValidateOptionsResultBuilder errors, string place, string language, ConsentText text)
        {
            if (PageTexts.For(language) is null)
            {
                errors.AddError($"{place} is in a language for which there are no texts. Choose from {string.Join(", ", PageTexts.Available)}.");
            }

            if (text.Label.Length is 0 or > 300)
            {
                errors.AddError($"{place}:Label has {text.Label.Length} characters. Give 1 to 300.");
            }

            if (text is { File: not null, Text: not null })
            {
                errors.AddError($"{place} has both File and Text. Give the whole text in one of them.");
            }

            if (text.Text is { } whole && Encoding.UTF8.GetByteCount(whole) > MaxTextBytes)
            {
                errors.AddError($"{place}:Text is larger than 32 KiB. Give a shorter text, or a File.");
            }

            if (text.File is { } file && !File.Exists(file))
            {
                errors.AddError($"{place}:File is '{file}', which does not exist.");
            }
            else if (text.File is { } large && new FileInfo(large).Length > MaxFileBytes)
            {
                errors.AddError($"{place}:File is '{large}', which is larger than 256 KiB. Give a smaller file.");
            }
        }
    }
}
