using System.Security.Cryptography;
using Authdog.Policies.Language;
using Authdog.Policies.Rules;

namespace Authdog.Policies.Catalog;

/// <summary>Policies that were read before, so that a change of one file among thousands compiles one policy. Not for several threads.</summary>
internal sealed class PolicyCache
{
    private Dictionary<string, Entry> before = new(StringComparer.Ordinal);
    private Dictionary<string, Entry> now = new(StringComparer.Ordinal);
    private byte[] definitions = [];

    /// <summary>Begins to read a folder. When what policies may name has changed, nothing of before holds.</summary>
    public void Begin(byte[] definitionsHash)
    {
        before = definitionsHash.AsSpan().SequenceEqual(definitions) ? now : new Dictionary<string, Entry>(StringComparer.Ordinal);
        now = new Dictionary<string, Entry>(before.Count, StringComparer.Ordinal);
        definitions = definitionsHash;
    }

    /// <summary>The policy in a file: the one of before when the bytes are the same, otherwise read. With mistakes it is read each time, so that they are told each time.</summary>
    public (YamlScalar? Name, bool IsShadow, Policy? Policy) Read(string file, byte[] bytes, Definitions names, ErrorList errors)
    {
        var hash = SHA256.HashData(bytes);
        if (before.TryGetValue(file, out var known) && known.Hash.AsSpan().SequenceEqual(hash))
        {
            now[file] = known;
            return known.Result;
        }

        var result = PolicyReader.Read(bytes, names, errors);
        if (result.Policy is not null)
        {
            now[file] = new Entry(hash, result);
        }

        return result;
    }

    private sealed record Entry(byte[] Hash, (YamlScalar? Name, bool IsShadow, Policy? Policy) Result);
}
