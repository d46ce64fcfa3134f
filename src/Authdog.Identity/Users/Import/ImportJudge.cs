using Authdog.Identity.Identifiers;
using Authdog.Identity.Pages;
using Authdog.Identity.Passwords;
using Authdog.Identity.Passwords.Imported;

namespace Authdog.Identity.Users.Import;

/// <summary>Says everything that is wrong with an entry by itself, or what it is.</summary>
/// <param name="roles">Ids of the tenant's roles, by name.</param>
/// <param name="groups">Ids of the tenant's groups, by name.</param>
internal sealed class ImportJudge(IReadOnlyDictionary<string, Guid> roles, IReadOnlyDictionary<string, Guid> groups)
{
    private readonly Dictionary<string, int> _seen = new(StringComparer.Ordinal);

    /// <summary>The user of an entry; null when it has mistakes, which are added.</summary>
    public ImportedUser? Judge(ImportRow row, List<ImportMistake> mistakes)
    {
        var before = mistakes.Count;
        if (row.Problem is not null)
        {
            mistakes.Add(new ImportMistake(row.Line, row.Problem));
            return null;
        }

        void Wrong(string problem) => mistakes.Add(new ImportMistake(row.Line, problem));
        string? Text(string field) => row.Fields.TryGetValue(field, out var values) ? values[0].Trim() : null;

        if (!EmailAddress.TryParse(Text(ImportFields.Email), out var email))
        {
            Wrong(Text(ImportFields.Email) is { } typed ? $"'{Short(typed)}' is no e-mail address." : "The e-mail address is missing.");
        }
        else if (!_seen.TryAdd(email.Normalized, row.Line))
        {
            Wrong($"This address stands on line {_seen[email.Normalized]} already.");
        }

        var name = Text(ImportFields.Name);
        if (name is not null && !DisplayName.IsAcceptable(name))
        {
            Wrong($"The name has more than {DisplayName.MaxLength} characters, or characters that do not show.");
        }

        var hash = Text(ImportFields.PasswordHash);
        if (hash is not null && !PasswordHashing.IsHash(hash))
        {
            Wrong($"The password hash is none that is known here, or costs more than allowed. Known are: {ImportedHash.Formats}. Leave it out, and the user sets a password by mail.");
        }

        var locale = Text(ImportFields.Locale);
        if (locale is not null && PageTexts.For(locale) is null)
        {
            Wrong($"'{Short(locale)}' is a language without texts. Choose from {string.Join(", ", PageTexts.Available)}.");
        }

        var zone = Text(ImportFields.TimeZone);
        if (zone is not null && (zone.Length > 64 || !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _)))
        {
            Wrong($"'{Short(zone)}' is no time zone. Give a name such as Europe/Berlin.");
        }

        var verified = Flag(Text(ImportFields.EmailVerified), ImportFields.EmailVerified, otherwise: true, Wrong);
        var disabled = Flag(Text(ImportFields.Disabled), ImportFields.Disabled, otherwise: false, Wrong);
        var given = Ids(row, ImportFields.Roles, roles, "role", Wrong);
        var joined = Ids(row, ImportFields.Groups, groups, "group", Wrong);
        return mistakes.Count > before ? null : new ImportedUser
        {
            Line = row.Line,
            Email = email!,
            EmailVerified = verified,
            Name = name,
            PasswordHash = hash,
            Locale = locale is null ? null : PageTexts.For(locale)!.Language,
            TimeZone = zone,
            Disabled = disabled,
            Roles = given,
            Groups = joined,
        };
    }

    private static bool Flag(string? text, string field, bool otherwise, Action<string> wrong)
    {
        switch (text?.ToLowerInvariant())
        {
            case null:
                return otherwise;
            case "true" or "1" or "yes":
                return true;
            case "false" or "0" or "no":
                return false;
            default:
                wrong($"'{field}' is '{Short(text)}'. Give true or false.");
                return otherwise;
        }
    }

    private static List<Guid> Ids(ImportRow row, string field, IReadOnlyDictionary<string, Guid> known, string kind, Action<string> wrong)
    {
        List<Guid> ids = [];
        foreach (var name in row.Fields.GetValueOrDefault(field) ?? [])
        {
            if (!known.TryGetValue(name.ToUpperInvariant(), out var id))
            {
                wrong($"There is no {kind} '{Short(name)}'. Make it first ('{kind} {(kind is "role" ? "set" : "add")}').");
            }
            else if (!ids.Contains(id))
            {
                ids.Add(id);
            }
        }

        return ids;
    }

    private static string Short(string text) => text.Length > 60 ? text[..60] + "…" : text;
}
