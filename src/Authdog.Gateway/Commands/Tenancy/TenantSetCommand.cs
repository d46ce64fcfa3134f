using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Authdog.Gateway.Commands.Hosting;
using Authdog.Gateway.Commands.Syntax;
using Authdog.Identity.Pages;
using Authdog.Identity.Tenants;

namespace Authdog.Gateway.Commands.Tenancy;

/// <summary><c>tenant set</c>: what a tenant sets for itself, its name and its addresses. With a mistake in the settings nothing is written.</summary>
internal static class TenantSetCommand
{
    public static Command Create(GatewayBuilder gateway)
    {
        var id = DirectorySyntax.TenantId();
        var settings = new Argument<string[]>("SETTING") { Description = "Section:Key=value, as in the configuration; a value that begins with [ or { is JSON.", Arity = ArgumentArity.ZeroOrMore };
        var file = new Option<FileInfo>("--file") { Description = "JSON file that replaces all settings of the tenant.", HelpName = "FILE" };
        var unset = new Option<string[]>("--unset") { Description = "A setting (Section:Key) that shall follow the gateway's again; may be repeated.", HelpName = "KEY", DefaultValueFactory = _ => [] };
        var logo = new Option<FileInfo>("--logo") { Description = "File of the logo (.svg, .png or .webp, at most 64 KiB), which is copied.", HelpName = "FILE" };
        var name = new Option<string>("--name") { Description = "New name.", HelpName = "TEXT" };
        var add = new Option<string[]>("--add-address") { Description = "A host of its own (acme.example.com) or a path on the shared host (/acme).", HelpName = "ADDRESS", DefaultValueFactory = _ => [] };
        var remove = new Option<string[]>("--remove-address") { Description = "An address to take away.", HelpName = "ADDRESS", DefaultValueFactory = _ => [] };
        var command = new Command("set", "Change a tenant's settings, name or addresses.") { id, settings, file, unset, logo, name, add, remove };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var services = await gateway.DirectoryAsync(parsed, cancellationToken);
            var changes = services.GetRequiredService<TenantChanges>();
            var tenant = parsed.GetRequiredValue(id);
            if (await services.GetRequiredService<TenantDirectory>().FindAsync(tenant, cancellationToken) is not { } known)
            {
                return await TenantCommands.WriteAsync(parsed, tenant, TenantChange.Unknown.Instance, string.Empty);
            }

            var document = new SettingsDocument(services.GetRequiredService<TenantSettingsCheck>(), parsed.GetValue(file) is { } whole ? await File.ReadAllTextAsync(whole.FullName, cancellationToken) : known.Settings);
            foreach (var setting in parsed.GetValue(settings) ?? [])
            {
                document.Set(setting);
            }

            foreach (var key in parsed.GetValue(unset) ?? [])
            {
                document.Unset(key);
            }

            if (parsed.GetValue(logo) is { } image)
            {
                document.SetLogo(image.Name, await File.ReadAllBytesAsync(image.FullName, cancellationToken));
            }

            var change = document.Mistakes.Count > 0 ? new TenantChange.Refused(document.Mistakes) : await changes.SetSettingsAsync(tenant, document.Json, cancellationToken);
            if (change is TenantChange.Done && parsed.GetValue(name) is { } renamed)
            {
                change = await changes.SetNameAsync(tenant, renamed, cancellationToken);
            }

            foreach (var address in parsed.GetValue(remove) ?? [])
            {
                change = change is TenantChange.Done ? await changes.RemoveAddressAsync(tenant, address, cancellationToken) : change;
            }

            foreach (var address in parsed.GetValue(add) ?? [])
            {
                change = change is TenantChange.Done ? await changes.AddAddressAsync(tenant, address, cancellationToken) : change;
            }

            return await TenantCommands.WriteAsync(parsed, tenant, change, "changed");
        });
        return command;
    }

    /// <summary>The settings while the command changes them.</summary>
    private sealed class SettingsDocument
    {
        private readonly TenantSettingsCheck _check;
        private readonly JsonObject? _root;
        private readonly string _text;

        public SettingsDocument(TenantSettingsCheck check, string? text)
        {
            (_check, _text) = (check, text ?? "{}");
            try
            {
                _root = JsonNode.Parse(_text) as JsonObject;
            }
            catch (JsonException)
            {
                // Said by whoever judges the whole.
            }
        }

        public List<string> Mistakes { get; } = [];

        public string Json => _root?.ToJsonString() ?? _text;

        public void Set(string setting)
        {
            var end = setting.IndexOf('=', StringComparison.Ordinal);
            if (end <= 0)
            {
                Mistakes.Add($"'{setting}' is no setting. Write Section:Key=value, such as SignUp:Enabled=false.");
                return;
            }

            var value = setting[(end + 1)..];
            Set(setting[..end], value.StartsWith('[') || value.StartsWith('{') ? Parse(setting, value) : JsonValue.Create(value));
        }

        public void SetLogo(string file, byte[] content)
        {
            if (PageAssets.LogoUri(file, content) is { } uri)
            {
                Set($"{BrandOptions.Section}:{nameof(BrandOptions.Logo)}", JsonValue.Create(uri));
            }
            else
            {
                Mistakes.Add($"'{file}' is no logo. Give an .svg, .png or .webp file.");
            }
        }

        public void Unset(string key)
        {
            var parts = Name(key).Split(':');
            JsonNode? at = _root;
            foreach (var part in parts[..^1])
            {
                at = (at as JsonObject)?.FirstOrDefault(property => property.Key.Equals(part, StringComparison.OrdinalIgnoreCase)).Value;
            }

            if (at is JsonObject section && section.FirstOrDefault(property => property.Key.Equals(parts[^1], StringComparison.OrdinalIgnoreCase)).Key is { } found)
            {
                section.Remove(found);
            }
            else
            {
                Mistakes.Add($"'{key}' is not set. 'tenant show' lists what is.");
            }
        }

        private void Set(string key, JsonNode? value)
        {
            var parts = Name(key).Split(':');
            var at = _root;
            foreach (var part in parts[..^1])
            {
                if (at is null)
                {
                    return;
                }

                var existing = at.FirstOrDefault(property => property.Key.Equals(part, StringComparison.OrdinalIgnoreCase));
                if (existing.Value is not JsonObject section)
                {
                    at[existing.Key ?? part] = section = [];
                }

                at = section;
            }

            if (at is not null)
            {
                at[at.FirstOrDefault(property => property.Key.Equals(parts[^1], StringComparison.OrdinalIgnoreCase)).Key ?? parts[^1]] = value;
            }
        }

        private string Name(string key) => _check.Find(key)?.Name ?? key;

        private JsonNode? Parse(string setting, string value)
        {
            try
            {
                return JsonNode.Parse(value);
            }
            catch (JsonException)
            {
                Mistakes.Add($"'{setting}' has a value that is no JSON. Write a list as [\"…\"] and an object as {{\"…\": …}}.");
                return null;
            }
        }
    }
}
