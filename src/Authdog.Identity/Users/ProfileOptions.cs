using System.Text.RegularExpressions;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Pages;
using Authdog.Identity.Tenants;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Users;

/// <summary>What is known of a user besides name and address (section <c>Accounts:Profile</c>).</summary>
public sealed partial class ProfileOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Accounts:Profile";

    private const int MaxAttributes = 50;

    // Names that assertions and sessions use for something else.
    private static readonly string[] s_reserved =
        ["sub", "sid", "iss", "aud", "exp", "nbf", "iat", "jti", "tenant", "email", "email_verified", "name", "roles", "groups", "permissions", "amr", "acr", "auth_time", "consents"];

    /// <summary>Whether users may upload a picture.</summary>
    [PerTenant]
    public bool Pictures { get; set; } = true;

    /// <summary>Further attributes by name (lower-case letters, digits and <c>_</c>).</summary>
    [PerTenant]
    public IDictionary<string, AttributeDefinition> Attributes { get; } = new Dictionary<string, AttributeDefinition>(StringComparer.Ordinal);

    [GeneratedRegex("^[a-z][a-z0-9_]{0,39}$", RegexOptions.CultureInvariant)]
    private static partial Regex Name();

    internal sealed class Validator : IValidateOptions<ProfileOptions>
    {
        public ValidateOptionsResult Validate(string? name, ProfileOptions options)
        {
            var errors = new ValidateOptionsResultBuilder();
            if (options.Attributes.Count > MaxAttributes)
            {
                errors.AddError($"{Section}:Attributes has {options.Attributes.Count} attributes. Give at most {MaxAttributes}.");
            }

            foreach (var (key, attribute) in options.Attributes)
            {
                var place = $"{Section}:Attributes:{key}";
                if (!Name().IsMatch(key) || s_reserved.Contains(key))
                {
                    errors.AddError($"{place} cannot be an attribute's name. Use 1 to 40 lower-case letters, digits and '_', beginning with a letter, and none of {string.Join(", ", s_reserved)}.");
                }

                AddErrors(errors, place, attribute);
            }

            return errors.Build();
        }

        private static void AddErrors(ValidateOptionsResultBuilder errors, string place, AttributeDefinition attribute)
        {
            if (attribute.MaxLength is < 1 or > 1000)
            {
                errors.AddError($"{place}:MaxLength is {attribute.MaxLength}. Give 1 to 1000.");
            }

            if (attribute.Choices.Count > 0 && attribute.Type is not AttributeType.String)
            {
                errors.AddError($"{place}:Choices is for attributes of type String; this one is {attribute.Type}. Leave it empty.");
            }

            foreach (var choice in attribute.Choices.Where(choice => choice.Length is 0 || choice.Length > attribute.MaxLength || choice.Any(DisplayName.IsDeceptive)))
            {
                errors.AddError($"{place}:Choices has '{choice}'. Give texts of 1 to {attribute.MaxLength} printable characters.");
            }

            foreach (var language in attribute.Labels.Keys.Where(language => PageTexts.For(language) is null))
            {
                errors.AddError($"{place}:Labels has '{language}', for which there are no texts. Choose from {string.Join(", ", PageTexts.Available)}.");
            }
        }
    }
}
