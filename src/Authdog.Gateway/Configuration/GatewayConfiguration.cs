using System.Collections;
using System.Text.RegularExpressions;

namespace Authdog.Gateway.Configuration;

/// <summary>The configuration as the gateway uses it, and every mistake in it.</summary>
/// <remarks>Sources, later ones win: <c>ASPNETCORE_…</c> variables, the file, the environment, the command line. What was refused is left out, so that the rest can still be judged.</remarks>
internal sealed partial class GatewayConfiguration
{
    /// <summary>Name of the file that is used without <c>--config</c>.</summary>
    public const string DefaultFile = "appsettings.json";

    private static readonly string[] s_listening = ["Urls", "http_ports", "https_ports"];

    private readonly Dictionary<string, Place> _places = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<Mistake> _mistakes = [];
    private readonly SettingsSchema _schema;
    private readonly string _currentFolder;

    private GatewayConfiguration(SettingsSchema schema, string currentFolder)
    {
        _schema = schema;
        _currentFolder = currentFolder;
    }

    /// <summary>The settings.</summary>
    public IConfigurationRoot Settings { get; private set; } = new ConfigurationBuilder().Build();

    /// <summary>The file in use, as the operator named it; null when there is none.</summary>
    public string? File { get; private set; }

    /// <summary>Every mistake found so far.</summary>
    public IReadOnlyList<Mistake> Mistakes => _mistakes;

    /// <summary>Folder of the file in use, else the current folder: where the framework's own relative paths (certificates) begin.</summary>
    public string BasePath => File is null ? _currentFolder : Path.GetDirectoryName(Path.GetFullPath(File, _currentFolder))!;

    /// <summary>Reads all sources.</summary>
    public static GatewayConfiguration Read(GatewayArguments arguments, SettingsSchema schema, string currentFolder, IDictionary environment)
    {
        var configuration = new GatewayConfiguration(schema, currentFolder);
        configuration.Load(arguments, environment);
        return configuration;
    }

    /// <summary>Turns what an options validator said (<c>[AGnnnn] Section:Key … cure</c>) into a mistake with the place of that key.</summary>
    public Mistake Failure(string failure)
    {
        var match = Said().Match(failure);
        var code = match.Groups["code"] is { Success: true } said ? said.Value : "AG1606";
        return new Mistake(code, _places.GetValueOrDefault(match.Groups["key"].Value), match.Groups["text"].Value, string.Empty);
    }

    /// <summary>Where a setting was last said; null when nowhere.</summary>
    public Place? PlaceOf(string key) => _places.GetValueOrDefault(key);

    private void Load(GatewayArguments arguments, IDictionary environment)
    {
        var fromFile = ReadFile(arguments.ConfigFile);
        var fromEnvironment = EnvironmentSettings.Read(environment, _schema);
        var fromArguments = arguments.Settings.ToList();
        if (arguments.Urls is { } urls)
        {
            fromArguments.Add(new PlacedSetting("Urls", urls, SettingKind.Value, Place.CommandLine));
        }

        var check = new SettingsCheck(_schema);
        _mistakes.AddRange(check.Check([.. fromFile, .. fromEnvironment, .. fromArguments]));

        var builder = new ConfigurationBuilder().AddEnvironmentVariables("DOTNET_").AddEnvironmentVariables("ASPNETCORE_");
        builder.AddInMemoryCollection(Values(fromFile, check, BasePath));
        builder.AddInMemoryCollection(OtherVariables(environment));
        builder.AddInMemoryCollection(Values(fromEnvironment, check, _currentFolder));
        builder.AddInMemoryCollection(Values(fromArguments, check, _currentFolder));
        Settings = builder.Build();
        if (s_listening.All(key => string.IsNullOrWhiteSpace(Settings[key])) && !Settings.GetSection("Kestrel:Endpoints").GetChildren().Any())
        {
            builder.AddInMemoryCollection([new("Urls", "http://localhost:8080")]);
            Settings = builder.Build();
        }

        if (Settings["Gateway:PublicUrl"] is null && FirstListening() is { } url)
        {
            builder.AddInMemoryCollection([new("Gateway:PublicUrl", url)]);
            Settings = builder.Build();
        }
    }

    // Kestrel's endpoints win over Urls, and Urls over the ports of a container image. A wildcard is a place to listen, not one to go to.
    private string? FirstListening()
    {
        var said = Settings.GetSection("Kestrel:Endpoints").GetChildren().Select(endpoint => endpoint["Url"]).FirstOrDefault(text => text is not null)
            ?? Settings["Urls"]?.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).FirstOrDefault()
            ?? (Settings["http_ports"] is { Length: > 0 } ports ? $"http://localhost:{ports.Split(';')[0]}" : null);
        return said is not null && Uri.TryCreate(Wildcard().Replace(said, "://localhost"), UriKind.Absolute, out var url) && url.Port != 0
            ? url.GetLeftPart(UriPartial.Authority)
            : null;
    }

    private List<PlacedSetting> ReadFile(string? named)
    {
        File = named ?? (System.IO.File.Exists(Path.Combine(_currentFolder, DefaultFile)) ? DefaultFile : null);
        if (File is null)
        {
            return [];
        }

        var read = JsonSettings.Read(Path.GetFullPath(File, _currentFolder), File);
        _mistakes.AddRange(read.Mistakes);
        return read.Settings;
    }

    private List<KeyValuePair<string, string?>> Values(IEnumerable<PlacedSetting> settings, SettingsCheck check, string folder)
    {
        var values = new List<KeyValuePair<string, string?>>();
        foreach (var setting in settings)
        {
            _places[setting.Key] = setting.Place;
            if (setting.Kind == SettingKind.Value && !check.IsRefused(setting.Key))
            {
                var path = _schema.IsPath(setting.Key) && !string.IsNullOrWhiteSpace(setting.Value);
                values.Add(new(setting.Key, path ? Path.GetFullPath(setting.Value!, folder) : setting.Value));
            }
        }

        return values;
    }

    // Libraries look for their own variables here (OTEL_…); none of them can be mistaken for a setting of ours.
    private static IEnumerable<KeyValuePair<string, string?>> OtherVariables(IDictionary environment) => environment
        .Cast<DictionaryEntry>()
        .Where(variable => !((string)variable.Key).Contains("__", StringComparison.Ordinal))
        .Select(variable => new KeyValuePair<string, string?>((string)variable.Key, (string?)variable.Value));

    [GeneratedRegex("^((?<code>AG[0-9]{4}):? )?(?<text>'?(?<key>[A-Z][A-Za-z]+(:[A-Za-z0-9_.-]*[A-Za-z0-9_-])+)?.*)$", RegexOptions.ExplicitCapture | RegexOptions.Singleline)]
    private static partial Regex Said();

    [GeneratedRegex(@"://(\*|\+|0\.0\.0\.0|\[::\])", RegexOptions.ExplicitCapture)]
    private static partial Regex Wildcard();
}
