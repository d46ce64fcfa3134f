using Authdog.Gateway.Configuration;
using Authdog.Policies.Catalog;

namespace Authdog.Gateway.Commands;

/// <summary>A folder of policies, for commands that put none into force.</summary>
internal static class PolicySet
{
    /// <summary>The configured folder.</summary>
    public static string Folder(GatewayConfiguration configuration) => configuration.Mistakes.Count > 0
        ? throw new MistakesException(configuration.Mistakes)
        : configuration.Settings["Policies:Path"] ?? new PolicyOptions().Path;

    /// <summary>Reads a folder.</summary>
    /// <exception cref="MistakesException">It has errors.</exception>
    public static PolicySnapshot Load(string folder)
    {
        var loaded = PolicyCatalog.Load(folder, TimeProvider.System);
        return loaded.Snapshot ?? throw new MistakesException([.. loaded.Errors.Select(PolicyJudge.Mistake)]);
    }
}
