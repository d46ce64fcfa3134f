using System.CommandLine;
using System.Text.Json;
using Authdog.Identity.Sso;
using Authdog.Identity.Sso.Oidc;

namespace Authdog.Gateway.Commands.Sso;

/// <summary>What <c>connection add oidc</c> and <c>connection set</c> take alike.</summary>
internal sealed class OidcCommandOptions
{
    private readonly Option<string> _title = new("--title") { Description = "What people call it; the name when absent.", HelpName = "TEXT" };
    private readonly Option<bool> _secret = new("--client-secret-stdin") { Description = "Read the client secret from standard input." };
    private readonly Option<string> _authentication = new("--authentication") { Description = "client_secret_basic (default), client_secret_post, private_key_jwt (makes a key) or none.", HelpName = "METHOD" };
    private readonly Option<bool> _encryption = new("--encryption") { Description = "Make a key that opens encrypted ID tokens." };
    private readonly Option<string[]> _scopes = new("--scope") { Description = "A scope besides openid; may be repeated. profile and email when absent.", HelpName = "SCOPE", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string[]> _settings = new("--setting") { Description = "Any setting as name=value, such as userInfo=false or trust={\"amr\":true}; may be repeated.", HelpName = "SETTING" };
    private readonly Option<FileInfo> _mapping = new("--mapping") { Description = "JSON file that says which claims become what.", HelpName = "FILE" };
    private readonly Option<bool?> _enabled = new("--enabled") { Description = "Whether anybody can sign in by it." };
    private readonly Option<bool?> _enforced = new("--enforced") { Description = "Whether people of its domains have to sign in by it." };
    private readonly Option<bool?> _justInTime = new("--just-in-time") { Description = "Whether unknown people become users." };
    private readonly Option<bool?> _button = new("--button") { Description = "Whether the login page has a button for it." };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _title, _secret, _authentication, _encryption, _scopes, _settings, _mapping, _enabled, _enforced, _justInTime, _button })
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Whether something is said that only an OpenID Connect connection has.</summary>
    public bool HasProtocolOptions(ParseResult parsed) =>
        parsed.GetValue(_secret) || parsed.GetValue(_encryption) || parsed.GetValue(_authentication) is not null || parsed.GetValue(_scopes) is { Length: > 0 } || parsed.GetValue(_settings) is { Length: > 0 };

    /// <summary>Writes into a connection what every kind has; returns what is wrong.</summary>
    public async Task<List<string>> ApplyCommonAsync(ParseResult parsed, Connection connection, CancellationToken cancellationToken)
    {
        connection.Name = parsed.GetValue(_title) ?? connection.Name;
        connection.Enabled = parsed.GetValue(_enabled) ?? connection.Enabled;
        connection.Enforced = parsed.GetValue(_enforced) ?? connection.Enforced;
        connection.JustInTime = parsed.GetValue(_justInTime) ?? connection.JustInTime;
        connection.HasButton = parsed.GetValue(_button) ?? connection.HasButton;
        if (parsed.GetValue(_mapping) is { } file)
        {
            try
            {
                connection.Mapping = ConnectionMapping.Parse(await File.ReadAllTextAsync(file.FullName, cancellationToken)).ToJson();
            }
            catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
            {
                return [$"AG5330 {file.Name} is no mapping: {exception.Message} Give a JSON object with email, name, groups, roles, defaultRoles and attributes."];
            }
        }

        return [];
    }

    /// <summary>What is said of an OpenID Connect connection alone.</summary>
    public async Task<OidcChoices> ReadAsync(ParseResult parsed, List<string> mistakes, CancellationToken cancellationToken) => new()
    {
        ClientSecret = parsed.GetValue(_secret) ? await System.Console.In.ReadLineAsync(cancellationToken) : null,
        Authentication = parsed.GetValue(_authentication),
        NewDecryptionKey = parsed.GetValue(_encryption),
        Scopes = parsed.GetValue(_scopes) is { Length: > 0 } scopes ? scopes : null,
        Settings = OidcSettingsText.Read(parsed.GetValue(_settings) ?? [], mistakes),
    };
}
