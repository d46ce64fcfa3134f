using Authdog.Gateway.Commands.Hosting;
using Authdog.Gateway.Configuration;
using Authdog.Gateway.Demo;
using Authdog.Gateway.Edge;
using Authdog.Policies.Catalog;

namespace Authdog.Gateway.Commands.PolicyFiles;

/// <summary>A folder of policies, for commands that put none into force.</summary>
internal static class PolicySet
{
    /// <summary>The configured folder; where none is and the usual one is missing, that of the built-in policies in the data folder, which <c>serve</c> uses then.</summary>
    public static string Folder(GatewayConfiguration configuration)
    {
        if (configuration.Mistakes.Count > 0)
        {
            throw new MistakesException(configuration.Mistakes);
        }

        var usual = configuration.Settings["Policies:Path"] ?? new PolicyOptions().Path;
        var builtIn = DemoPolicies.FolderIn(configuration.Settings["Gateway:DataPath"] ?? new GatewayOptions().DataPath);
        return configuration.Settings["Policies:Path"] is null && !Directory.Exists(usual) && Directory.Exists(builtIn) ? builtIn : usual;
    }

    /// <summary>Reads a folder.</summary>
    /// <exception cref="MistakesException">It has errors.</exception>
    public static PolicySnapshot Load(string folder)
    {
        var loaded = PolicyCatalog.Load(folder, TimeProvider.System);
        return loaded.Snapshot ?? throw new MistakesException([.. loaded.Errors.Select(PolicyJudge.Mistake)]);
    }
}
