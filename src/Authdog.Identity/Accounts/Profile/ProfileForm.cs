using System.Text.Json;
using System.Text.Json.Nodes;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Pages;
using Authdog.Identity.Users;
using Microsoft.AspNetCore.Http;

namespace Authdog.Identity.Accounts.Profile;

/// <summary>What a profile form says, read and judged.</summary>
internal sealed class ProfileForm
{
    private const string Prefix = "attribute-";
    private const int MaxAttributes = 16 * 1024;

    /// <summary>What is wrong with it.</summary>
    public FormErrors Errors { get; } = new();

    /// <summary>Display name; null for none.</summary>
    public string? Name { get; private init; }

    /// <summary>Language; null for none.</summary>
    public string? Locale { get; private init; }

    /// <summary>Time zone; null for none.</summary>
    public string? TimeZone { get; private init; }

    /// <summary>All attributes as they are kept.</summary>
    public string? Attributes { get; private set; }

    /// <summary>Reads a posted form.</summary>
    public static ProfileForm Read(IFormCollection form, User user, UserAttributes attributes, PageTexts texts)
    {
        var read = new ProfileForm
        {
            Name = form["name"].ToString().Trim() is { Length: > 0 } name ? name : null,
            Locale = PageTexts.For(form["locale"])?.Language,
            TimeZone = TimeZones.Contains(form["time-zone"].ToString()) ? form["time-zone"].ToString() : null,
        };
        if (read.Name is not null && !DisplayName.IsAcceptable(read.Name))
        {
            read.Errors.Add("name", texts["Name.Invalid"]);
        }

        read.ReadAttributes(form, user, attributes, texts);
        return read;
    }

    /// <summary>The attributes for the page, with what was typed in place of what is kept.</summary>
    public static IReadOnlyList<ProfileField> Fields(User user, UserAttributes attributes, PageTexts texts, IFormCollection? typed)
    {
        var values = attributes.ValuesOf(user);
        return [.. attributes.Schema.Select(attribute => new ProfileField(
            Prefix + attribute.Key,
            attribute.Value.Labels.TryGetValue(texts.Language, out var label) ? label : attribute.Key,
            attribute.Value,
            typed is not null && attribute.Value.Editable ? typed[Prefix + attribute.Key].ToString() : values.TryGetValue(attribute.Key, out var value) ? Text(value) : string.Empty))];
    }

    private void ReadAttributes(IFormCollection form, User user, UserAttributes attributes, PageTexts texts)
    {
        Dictionary<string, JsonNode?> changed = [];
        foreach (var (name, definition) in attributes.Schema.Where(attribute => attribute.Value.Editable))
        {
            if (UserAttributes.TryRead(definition, form[Prefix + name].ToString(), out var value))
            {
                changed[name] = value;
            }
            else
            {
                Errors.Add(Prefix + name, texts[form[Prefix + name].ToString().Trim().Length == 0 ? "Profile.Required" : $"Profile.Invalid{definition.Type}"]);
            }
        }

        Attributes = UserAttributes.With(user, changed);
        if (Attributes is { Length: > MaxAttributes })
        {
            Errors.Add(FormErrors.Form, texts["Profile.TooMuch"]);
        }
    }

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => "1",
        JsonValueKind.False => string.Empty,
        JsonValueKind.Array => string.Join('\n', value.EnumerateArray().Select(item => item.ToString())),
        _ => value.ToString(),
    };
}
