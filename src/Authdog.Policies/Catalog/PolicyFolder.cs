using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Authdog.Policies.Criteria;
using Authdog.Policies.Language;
using Authdog.Policies.Rules;

namespace Authdog.Policies.Catalog;

/// <summary>Reads a folder whole: every policy, every networks file, every mistake.</summary>
internal static class PolicyFolder
{
    public static PolicyLoadResult Load(string path, DateTimeOffset now, PolicyCache cache)
    {
        var folder = new ErrorList(path);
        var files = PolicyFiles.Find(path, folder);
        if (folder.IsEmpty)
        {
            PolicyFiles.ReportMisplaced(path, folder);
        }

        List<PolicyError> errors = [.. folder.ToImmutable()];
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var definitions = LoadDefinitions(files, hash, errors);
        cache.Begin(hash.GetHashAndReset());
        var policies = LoadPolicies(files.Policies, definitions, cache, errors);
        return errors.Count == 0 ? new PolicyLoadResult(new PolicySnapshot(policies, now) { Networks = definitions.Networks }) : new PolicyLoadResult([.. errors]);
    }

    private static Definitions LoadDefinitions(PolicyFiles files, IncrementalHash hash, List<PolicyError> errors)
    {
        var definitions = Definitions.None with { Networks = LoadNetworks(files.Networks, hash, errors) };
        if (files.Conditions is not { } file)
        {
            return definitions;
        }

        var mistakes = new ErrorList(file);
        if (PolicyFiles.Read(file, SourceText.LargestFile, mistakes) is { } bytes)
        {
            Add(hash, file, bytes);
            definitions = definitions with { Conditions = ConditionsReader.Read(bytes, definitions, mistakes) };
        }

        errors.AddRange(mistakes.ToImmutable());
        return definitions;
    }

    private static Dictionary<string, NetworkSet?> LoadNetworks(ImmutableArray<string> files, IncrementalHash hash, List<PolicyError> errors)
    {
        Dictionary<string, NetworkSet?> networks = new(StringComparer.Ordinal);
        foreach (var file in files)
        {
            var mistakes = new ErrorList(file);
            var bytes = PolicyFiles.Read(file, NetworkReader.LargestFile, mistakes);
            Add(hash, file, bytes);
            networks.Add(Path.GetFileNameWithoutExtension(file), bytes is null ? null : NetworkReader.ReadFile(bytes, mistakes));
            errors.AddRange(mistakes.ToImmutable());
        }

        return networks;
    }

    private static List<Policy> LoadPolicies(ImmutableArray<string> files, Definitions definitions, PolicyCache cache, List<PolicyError> errors)
    {
        PolicyNames names = new();
        List<Policy> policies = [];
        foreach (var file in files)
        {
            var mistakes = new ErrorList(file);
            if (PolicyFiles.Read(file, SourceText.LargestFile, mistakes) is { } bytes)
            {
                var read = cache.Read(file, bytes, definitions, mistakes);
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

    // Each with its name and length: what moves from one file to another is another set.
    private static void Add(IncrementalHash hash, string file, byte[]? bytes)
    {
        hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{file}\0{bytes?.Length ?? -1}\0")));
        hash.AppendData(bytes ?? []);
    }
}
