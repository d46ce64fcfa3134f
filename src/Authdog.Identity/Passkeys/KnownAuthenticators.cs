using System.Collections.Frozen;

namespace Authdog.Identity.Passkeys;

/// <summary>Names of authenticator models by AAGUID, from <c>authenticators.tsv</c>. For display only.</summary>
internal static class KnownAuthenticators
{
    private static readonly FrozenDictionary<Guid, Model> s_models = Read();

    /// <summary>The model; null when nobody here knows it.</summary>
    public static Model? Find(Guid aaguid) => s_models.GetValueOrDefault(aaguid);

    private static FrozenDictionary<Guid, Model> Read()
    {
        using var stream = typeof(KnownAuthenticators).Assembly.GetManifestResourceStream("passkeys/authenticators.tsv")!;
        using var reader = new StreamReader(stream);
        Dictionary<Guid, Model> models = [];
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('#'))
            {
                continue;
            }

            var fields = line.Split('\t');
            models.Add(Guid.Parse(fields[0]), new Model(fields[2], Enum.Parse<AuthenticatorKind>(fields[1], ignoreCase: true)));
        }

        return models.ToFrozenDictionary();
    }

    /// <summary>A model.</summary>
    internal sealed record Model(string Name, AuthenticatorKind Kind);
}
