using System.Text.Json.Nodes;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Pages;
using Authdog.Identity.Users;

namespace Authdog.Console.Api.Users;

/// <summary>What the fields of a user may hold.</summary>
internal static class UserRules
{
    private const int MaxNames = 50;

    public static EmailAddress? Email(string text, FieldErrors errors)
    {
        if (EmailAddress.TryParse(text, out var email))
        {
            return email;
        }

        errors.Add("email", "This is no e-mail address.");
        return null;
    }

    public static void Name(string? name, FieldErrors errors)
    {
        if (name is not null && (!DisplayName.IsAcceptable(name) || string.IsNullOrWhiteSpace(name)))
        {
            errors.Add("name", $"Give a name of 1 to {DisplayName.MaxLength} printable characters, or null.");
        }
    }

    public static void Locale(string? locale, FieldErrors errors)
    {
        if (locale is not null && !PageTexts.Available.Contains(locale))
        {
            errors.Add("locale", $"Choose from {string.Join(", ", PageTexts.Available)}, or null.");
        }
    }

    public static void TimeZone(string? zone, FieldErrors errors)
    {
        if (zone is not null && (zone.Length > 64 || !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _)))
        {
            errors.Add("timeZone", "Give a name such as Europe/Berlin, or null.");
        }
    }

    /// <summary>Attributes are of the tenant's schema, and of its types. Whether the user may change one themselves plays no part; one that is required cannot be taken away.</summary>
    /// <returns>What is to be kept, by name; null takes one away.</returns>
    public static List<KeyValuePair<string, JsonNode?>> Attributes(ApiCall call, JsonObject given, FieldErrors errors)
    {
        var schema = call.Get<UserAttributes>().Schema.ToDictionary(StringComparer.Ordinal);
        List<KeyValuePair<string, JsonNode?>> kept = [];
        foreach (var (name, value) in given)
        {
            if (!schema.TryGetValue(name, out var definition))
            {
                errors.Add("attributes/" + ApiJson.Escape(name), "The tenant's schema has no such attribute (Accounts:Profile:Attributes).");
            }
            else if (!UserAttributes.TryTake(definition, value, out var taken))
            {
                errors.Add("attributes/" + ApiJson.Escape(name), $"This attribute takes {UserAttributes.Expected(definition)}.");
            }
            else
            {
                kept.Add(KeyValuePair.Create(name, taken));
            }
        }

        return kept;
    }

    /// <summary>Roles have to exist: none comes into being by a slip of the pen.</summary>
    public static async Task RolesAsync(ApiCall call, IReadOnlyList<string> roles, FieldErrors errors)
    {
        if (roles.Count > 0)
        {
            Known("roles", roles, (await call.Get<RoleDirectory>().ListAsync(call.Aborted)).Select(role => role.Name!), errors);
        }
    }

    public static async Task GroupsAsync(ApiCall call, IReadOnlyList<string> groups, FieldErrors errors)
    {
        if (groups.Count > 0)
        {
            Known("groups", groups, (await call.Get<GroupDirectory>().ListAsync(call.Aborted)).Select(group => group.Name), errors);
        }
    }

    private static void Known(string field, IReadOnlyList<string> asked, IEnumerable<string> all, FieldErrors errors)
    {
        if (asked.Count > MaxNames)
        {
            errors.Add(field, $"Give at most {MaxNames}.");
            return;
        }

        var known = all.ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var (index, name) in asked.Index())
        {
            if (!known.Contains(name))
            {
                errors.Add($"{field}/{index}", "There is none of this name.");
            }
        }
    }
}
