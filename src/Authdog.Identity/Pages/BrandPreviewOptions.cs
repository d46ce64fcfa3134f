using Microsoft.Extensions.Options;

namespace Authdog.Identity.Pages;

/// <summary>A brand that is shown to whoever knows the key, before it is everybody's (section <c>Login:BrandPreview</c>).</summary>
public sealed class BrandPreviewOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Login:BrandPreview";

    private const int MinKeyLength = 16;

    /// <summary>What opens the preview at <c>/.authdog/brand-preview?key=…</c>, at least 16 letters and digits; absent: there is none.</summary>
    public string? Key { get; set; }

    /// <summary>The brand, with the settings of <c>Login:Brand</c>.</summary>
    public BrandOptions Brand { get; set; } = new();

    internal sealed class Validator : IValidateOptions<BrandPreviewOptions>
    {
        private readonly BrandOptions.Validator _brand = new();

        public ValidateOptionsResult Validate(string? name, BrandPreviewOptions options)
        {
            var errors = new ValidateOptionsResultBuilder();
            if (options.Key is { } key && (key.Length < MinKeyLength || !key.All(char.IsAsciiLetterOrDigit)))
            {
                errors.AddError($"{Section}:Key is no key. Give at least {MinKeyLength} letters and digits, or none for no preview.");
            }

            foreach (var failure in _brand.Validate(name, options.Brand).Failures ?? [])
            {
                errors.AddError(failure.Replace(BrandOptions.Section + ":", $"{Section}:Brand:", StringComparison.Ordinal));
            }

            return errors.Build();
        }
    }
}
