using System.Text.RegularExpressions;

namespace Authdog.Gateway.Configuration;

/// <summary>What the command line says about the configuration.</summary>
internal sealed partial record GatewayArguments
{
    /// <summary>File of <c>--config</c>; null when absent.</summary>
    public string? ConfigFile { get; init; }

    /// <summary>Value of <c>--urls</c>; null when absent.</summary>
    public string? Urls { get; init; }

    /// <summary>App of <c>--upstream</c>; null when absent.</summary>
    public string? Upstream { get; init; }

    /// <summary>Settings given as <c>--Section:Key=value</c>.</summary>
    public IReadOnlyList<PlacedSetting> Settings { get; init; } = [];

    /// <summary>Takes <c>--Section:Key=value</c> out of the arguments, wherever they stand.</summary>
    public static (string[] Others, IReadOnlyList<PlacedSetting> Settings) Split(IEnumerable<string> arguments)
    {
        var rest = new List<string>();
        var settings = new List<PlacedSetting>();
        foreach (var argument in arguments)
        {
            if (SettingArgument().Match(argument) is { Success: true } match)
            {
                settings.Add(new PlacedSetting(match.Groups["key"].Value, match.Groups["value"].Value, SettingKind.Value, Place.CommandLine));
            }
            else
            {
                rest.Add(argument);
            }
        }

        return ([.. rest], settings);
    }

    [GeneratedRegex("^--(?<key>[A-Za-z][A-Za-z0-9]*(:[^:=]+)+)=(?<value>.*)$", RegexOptions.ExplicitCapture | RegexOptions.Singleline)]
    private static partial Regex SettingArgument();
}
