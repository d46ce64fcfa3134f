using System.Collections.Frozen;
using System.Reflection;
using Yarp.ReverseProxy.Configuration;

namespace Authdog.Gateway.Configuration;

/// <summary>Every setting there is: the options classes of the given assemblies, YARP's own schema, and the framework's sections.</summary>
internal sealed class SettingsSchema
{
    /// <summary>Sections of the product's closed list. One that no options class claims does nothing in this version.</summary>
    private static readonly string[] s_sections =
    [
        "Gateway", "ReverseProxy", "Policies", "Redis", "Database", "Sessions", "Login", "SignUp", "Accounts", "Consents", "Passwords", "Mfa", "Passkeys", "Sso",
        "Social", "BotProtection", "RateLimiting", "Mail", "Audit", "Telemetry", "Kestrel", "Logging", "Urls",
    ];

    private SettingsSchema(IEnumerable<IGrouping<string, Type>> options)
    {
        var settings = new Dictionary<string, SettingShape>
        {
            ["ReverseProxy"] = ReverseProxy(),
            ["Kestrel"] = SettingShape.Free.Instance,
            ["Logging"] = SettingShape.Free.Instance,
            ["Urls"] = new SettingShape.Value(typeof(string)),
        };
        // Two features may share a section, each knowing its own part; outer sections come before those inside them.
        foreach (var section in options.OrderBy(section => section.Key.Count(c => c == ':')))
        {
            Merge(settings, section.Key.Split(':'), section.SelectMany(type => ((SettingShape.Section)ShapeOf.Type(type)).Settings));
        }

        Options = [.. options.SelectMany(section => section)];

        Root = SettingShape.Section.Of(settings);
        Later = [.. s_sections.Where(section => !Root.Settings.ContainsKey(section))];
    }

    /// <summary>All options classes.</summary>
    public IReadOnlyList<Type> Options { get; }

    /// <summary>The whole configuration.</summary>
    public SettingShape.Section Root { get; }

    /// <summary>Sections that belong to later versions.</summary>
    public IReadOnlyList<string> Later { get; }

    /// <summary>Whether a setting names a file or folder: a text in an options class whose name ends in <c>Path</c> or <c>File</c>.</summary>
    public bool IsPath(string key)
    {
        if (!key.EndsWith("Path", StringComparison.OrdinalIgnoreCase) && !key.EndsWith("File", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        SettingShape? shape = Root;
        foreach (var part in key.Split(':'))
        {
            shape = shape switch
            {
                SettingShape.Section section => section.Settings.GetValueOrDefault(part),
                SettingShape.Map map => map.Item,
                _ => null,
            };
        }

        return shape is SettingShape.Value { Type: var type } && type == typeof(string) && !key.StartsWith("ReverseProxy:", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The schema of the options classes (those with a <c>Section</c> constant) of some assemblies.</summary>
    public static SettingsSchema Of(params ReadOnlySpan<Assembly> assemblies)
    {
        var options = new List<(string Section, Type Type)>();
        foreach (var assembly in assemblies)
        {
            foreach (var type in assembly.GetTypes())
            {
                if (type.Name.EndsWith("Options", StringComparison.Ordinal) && SectionOf(type) is { } section)
                {
                    options.Add((section, type));
                }
            }
        }

        return new SettingsSchema(options.GroupBy(option => option.Section, option => option.Type, StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>The section that an options class is bound to; null when it has none.</summary>
    public static string? SectionOf(Type type) =>
        type.GetField("Section", BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static) is { IsLiteral: true } section
            ? (string?)section.GetRawConstantValue()
            : null;

    private static void Merge(Dictionary<string, SettingShape> settings, ReadOnlySpan<string> path, IEnumerable<KeyValuePair<string, SettingShape>> added)
    {
        var known = settings.GetValueOrDefault(path[0]) is SettingShape.Section section ? section.Settings : FrozenDictionary<string, SettingShape>.Empty;
        var merged = new Dictionary<string, SettingShape>(known, StringComparer.OrdinalIgnoreCase);
        if (path.Length > 1)
        {
            Merge(merged, path[1..], added);
        }
        else
        {
            foreach (var (key, shape) in added)
            {
                merged.TryAdd(key, shape);
            }
        }

        settings[path[0]] = SettingShape.Section.Of(merged);
    }

    // YARP takes the two ids from the section's names, and everything else by the names of these properties.
    private static SettingShape.Section ReverseProxy()
    {
        var route = ((SettingShape.Section)ShapeOf.Type(typeof(RouteConfig), nameof(RouteConfig.RouteId))).Settings.ToDictionary(StringComparer.OrdinalIgnoreCase);
        // Authdog:Audience and its like, which the route rules check; the configuration takes the colon for a level.
        var own = SettingShape.Section.Of([new("Authdog", SettingShape.Free.Instance)]);
        route[nameof(RouteConfig.Metadata)] = new SettingShape.Map(new SettingShape.Value(typeof(string)), own);
        return SettingShape.Section.Of(
        [
            new("Routes", new SettingShape.Map(SettingShape.Section.Of(route))),
            new("Clusters", new SettingShape.Map(ShapeOf.Type(typeof(ClusterConfig), nameof(ClusterConfig.ClusterId)))),
        ]);
    }
}
