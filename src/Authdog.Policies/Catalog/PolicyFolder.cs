using System.Collections.Immutable;
using Authdog.Policies.Criteria;
using Authdog.Policies.Language;
using Authdog.Policies.Rules;

namespace Authdog.Policies.Catalog;

/// <summary>Reads a folder whole: every policy, every networks file, every mistake.</summary>
internal static class PolicyFolder
{
    public static PolicyLoadResult Load(string path, DateTimeOffset now)
    {
        var folder = new ErrorList(path);
        var files = PolicyFiles.Find(path, folder);
        if (folder.IsEmpty)
        {
            PolicyFiles.ReportMisplaced(path, folder);
        }

        List<PolicyError> errors = [.. folder.ToImmutable()];
        var definitions = LoadDefinitions(files, errors);
        var policies = LoadPolicies(files.Policies, definitions, errors);
        return errors.Count == 0 ? new PolicyLoadResult(new PolicySnapshot(policies, now)) : new PolicyLoadResult([.. errors]);
    }

    private static Definitions LoadDefinitions(PolicyFiles files, List<PolicyError> errors)
    {
        var definitions = Definitions.None with { Networks = LoadNetworks(files.Networks, errors) };
        if (files.Conditions is not { } file)
        {
            return definitions;
        }

        var mistakes = new ErrorList(file);
        if (PolicyFiles.Read(file, SourceText.LargestFile, mistakes) is { } bytes)
        {
            definitions = definitions with { Conditions = ConditionsReader.Read(bytes, definitions, mistakes) };
        }

        errors.AddRange(mistakes.ToImmutable());
        return definitions;
    }

    private static Dictionary<string, NetworkSet?> LoadNetworks(ImmutableArray<string> files, List<PolicyError> errors)
    {
        Dictionary<string, NetworkSet?> networks = new(StringComparer.Ordinal);
        foreach (var file in files)
        {
            var mistakes = new ErrorList(file);
            var bytes = PolicyFiles.Read(file, NetworkReader.LargestFile, mistakes);
            networks.Add(Path.GetFileNameWithoutExtension(file), bytes is null ? null : NetworkReader.ReadFile(bytes, mistakes));
            errors.AddRange(mistakes.ToImmutable());
        }

        return networks;
    }

    private static List<Policy> LoadPolicies(ImmutableArray<string> files, Definitions definitions, List<PolicyError> errors)
    {
        PolicyNames names = new();
        List<Policy> policies = [];
        foreach (var file in files)
        {
            var mistakes = new ErrorList(file);
            if (PolicyFiles.Read(file, SourceText.LargestFile, mistakes) is { } bytes)
            {
                var read = PolicyReader.Read(bytes, definitions, mistakes);
                if (read.Policy is { } policy)
                {
                    policies.Add(policy);
                }

                if (read.Name is { } name)
                {
                    names.Add(name, read.IsShadow, mistakes);
                }
            }

            errors.AddRange(mistakes.ToImmutable());
        }

        errors.AddRange(names.ShadowsAlone());
        return Paired(policies);
    }

    // A policy in shadow mode goes beside the one of the same name.
    private static List<Policy> Paired(List<Policy> policies)
    {
        var shadows = policies.Where(policy => policy.IsShadow).DistinctBy(policy => policy.Name, StringComparer.Ordinal).ToDictionary(policy => policy.Name, StringComparer.Ordinal);
        return
        [
            .. policies.Where(policy => !policy.IsShadow).Select(policy => shadows.TryGetValue(policy.Name, out var shadow) ? policy.Beside(shadow) : policy),
        ];
    }
}
