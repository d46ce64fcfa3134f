using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Authdog.Identity.Tenants;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Pages;

/// <summary>How the pages and mails look and what languages they speak (section <c>Login:Brand</c>).</summary>
public sealed partial class BrandOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Login:Brand";

    private const int MaxLogoBytes = 256 * 1024;
    private readonly ConcurrentDictionary<string, PageTexts> _texts = new(StringComparer.Ordinal);

    /// <summary>Name of the product that people sign in to.</summary>
    [PerTenant]
    public string ProductName { get; set; } = "Authdog";

    /// <summary>File of the logo (<c>.svg</c>, <c>.png</c> or <c>.webp</c>, at most 256 KiB); without one, a mark in the accent colour.</summary>
    public string? LogoFile { get; set; }

    /// <summary>The logo itself as a <c>data:</c> URI (<c>data:image/png;base64,…</c>; SVG, PNG or WebP, at most 64 KiB); it goes before <see cref="LogoFile"/>.</summary>
    [PerTenant]
    public string? Logo { get; set; }

    /// <summary>Colour of buttons and links, <c>#rrggbb</c>.</summary>
    [PerTenant]
    public string AccentColor { get; set; } = "#2f5bea";

    /// <summary>The same for dark mode, <c>#rrggbb</c>.</summary>
    [PerTenant]
    public string AccentColorDark { get; set; } = "#8ea8ff";

    /// <summary>Languages offered, the first being the default; empty: every language that has texts.</summary>
    [PerTenant]
    public IList<string> Languages { get; } = [];

    /// <summary>Variables of the stylesheet by name, such as <c>"ground": "#ffffff"</c> or <c>"radius": "4px"</c>; with <c>-dark</c> behind the name, for dark mode.</summary>
    [PerTenant]
    public IDictionary<string, string> Variables { get; } = new SortedDictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Texts of the pages in own words, by language and key, such as <c>"en": { "Login.Title": "Welcome" }</c>.</summary>
    [PerTenant]
    public IDictionary<string, Dictionary<string, string>> Texts { get; } = new Dictionary<string, Dictionary<string, string>>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The offered languages, with the default applied.</summary>
    internal IReadOnlyList<string> OfferedLanguages => Languages.Count > 0 ? [.. Languages] : PageTexts.Available;

    /// <summary>Texts in an available language, own words first.</summary>
    internal PageTexts TextsIn(string language) =>
        _texts.GetOrAdd(language, static (language, texts) => PageTexts.For(language)!.With(texts.TryGetValue(language, out var own) ? own : null), Texts);

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
            if (options.Logo is { } logo && LogoImage.Parse(logo) is null)
            {
                errors.AddError($"{Section}:Logo is no image. Give data:image/png;base64, (or svg+xml, webp) and an image of at most {LogoImage.MaxBytes / 1024} KiB behind it.");
            }

            foreach (var (variable, value) in options.Variables)
            {
                if (BrandVariables.Problem(variable, value) is { } problem)
                {
                    errors.AddError($"{Section}:Variables:{variable} {problem}");
                }
            }

            foreach (var (language, texts) in options.Texts)
            {
                foreach (var problem in PageTexts.Problems(language, texts))
                {
                    errors.AddError($"{Section}:Texts:{language}{problem}");
                }
            }

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
