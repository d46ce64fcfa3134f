using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Pages;

/// <summary>How the pages and mails look and what languages they speak (section <c>Login:Brand</c>).</summary>
public sealed partial class BrandOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Login:Brand";

    private const int MaxLogoBytes = 256 * 1024;

    /// <summary>Name of the product that people sign in to.</summary>
    public string ProductName { get; set; } = "Authdog";

    /// <summary>File of the logo (<c>.svg</c>, <c>.png</c> or <c>.webp</c>, at most 256 KiB); without one, a mark in the accent colour.</summary>
    public string? LogoFile { get; set; }

    /// <summary>Colour of buttons and links, <c>#rrggbb</c>.</summary>
    public string AccentColor { get; set; } = "#2f5bea";

    /// <summary>The same for dark mode, <c>#rrggbb</c>.</summary>
    public string AccentColorDark { get; set; } = "#8ea8ff";

    /// <summary>Languages offered, the first being the default; empty: every language that has texts.</summary>
    public IList<string> Languages { get; } = [];

    /// <summary>The offered languages, with the default applied.</summary>
    internal IReadOnlyList<string> OfferedLanguages => Languages.Count > 0 ? [.. Languages] : PageTexts.Available;

    [GeneratedRegex("^#[0-9a-fA-F]{6}$", RegexOptions.CultureInvariant)]
    private static partial Regex Colour();

    internal sealed class Validator : IValidateOptions<BrandOptions>
    {
        public ValidateOptionsResult Validate(string? name, BrandOptions options)
        {
            var errors = new ValidateOptionsResultBuilder();
            if (string.IsNullOrWhiteSpace(options.ProductName) || options.ProductName.Length > 60 || options.ProductName.Any(char.IsControl))
            {
                errors.AddError($"{Section}:ProductName is '{options.ProductName}'. Give a name of 1 to 60 printable characters.");
            }

            AddColourError(errors, nameof(AccentColor), options.AccentColor);
            AddColourError(errors, nameof(AccentColorDark), options.AccentColorDark);
            foreach (var language in options.Languages.Where(language => !PageTexts.Available.Contains(language)))
            {
                errors.AddError($"{Section}:Languages has '{language}', for which there are no texts. Choose from {string.Join(", ", PageTexts.Available)}.");
            }

            AddLogoErrors(errors, options.LogoFile);
            return errors.Build();
        }

        // The value goes into a generated stylesheet: anything but six hex digits could write rules of its own (I13).
        private static void AddColourError(ValidateOptionsResultBuilder errors, string key, string? value)
        {
            if (value is null || !Colour().IsMatch(value))
            {
                errors.AddError($"{Section}:{key} is '{value}'. Give a colour as #rrggbb.");
            }
        }

        private static void AddLogoErrors(ValidateOptionsResultBuilder errors, string? file)
        {
            if (file is null)
            {
                return;
            }

            if (PageAssets.LogoType(file) is null)
            {
                errors.AddError($"{Section}:LogoFile is '{file}'. Give an .svg, .png or .webp file.");
            }
            else if (!File.Exists(file))
            {
                errors.AddError($"{Section}:LogoFile is '{file}', which does not exist.");
            }
            else if (new FileInfo(file).Length > MaxLogoBytes)
            {
                errors.AddError($"{Section}:LogoFile is '{file}', which is larger than 256 KiB. Give a smaller file.");
            }
        }
    }
}
