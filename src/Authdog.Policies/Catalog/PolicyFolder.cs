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
        var networks = LoadNetworks(files.Networks, errors);
        var policies = LoadPolicies(files.Policies, networks, errors);
        return errors.Count == 0 ? new PolicyLoadResult(new PolicySnapshot(policies, now)) : new PolicyLoadResult([.. errors]);
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

    private static List<Policy> LoadPolicies(ImmutableArray<string> files, Dictionary<string, NetworkSet?> networks, List<PolicyError> errors)
    {
        List<Policy> policies = [];

        // Ignoring case: two names that a person cannot tell apart are one name too many.
        Dictionary<string, (string File, Place Place)> names = new(StringComparer.OrdinalIgnoreCase);
        foreach (var file in files)
        {
            var mistakes = new ErrorList(file);
            if (PolicyFiles.Read(file, SourceText.LargestFile, mistakes) is { } bytes)
            {
                var (name, policy) = PolicyReader.Read(bytes, networks, mistakes);
                if (policy is not null)
                {
                    policies.Add(policy);
                }

                if (name is not null && !names.TryAdd(name.Text, (file, name.Place)))
                {
                    var first = names[name.Text];
                    mistakes.Add(
                        ErrorCodes.DuplicatePolicy, name.Place, "There are two policies of this name", name.Text,
                        $"Give each its own name; the other is {first.File}({first.Place.Line},{first.Place.Column})");
                }
            }

            errors.AddRange(mistakes.ToImmutable());
        }

        return policies;
    }
}
