using System.Collections.Immutable;
using Authdog.Policies.Language;

namespace Authdog.Policies.Catalog;

/// <summary>Names, times, lengths and permissions of the files that matter: cheap to take, different after a change.</summary>
internal sealed class PolicyFingerprint : IEquatable<PolicyFingerprint>
{
    private readonly ImmutableArray<(string File, long Length, DateTime Written, UnixFileMode Mode)> files;

    private PolicyFingerprint(ImmutableArray<(string, long, DateTime, UnixFileMode)> files) => this.files = files;

    public static PolicyFingerprint Of(string path, bool withTests)
    {
        var found = PolicyFiles.Find(path, new ErrorList(path));
        return new PolicyFingerprint([.. found.Policies.Concat(found.Networks).Concat(found.Conditions is { } conditions ? [conditions] : []).Concat(withTests ? found.Tests : []).Select(Look)]);
    }

    public bool Equals(PolicyFingerprint? other) => other is not null && files.AsSpan().SequenceEqual(other.files.AsSpan());

    public override bool Equals(object? obj) => Equals(obj as PolicyFingerprint);

    public override int GetHashCode() => files.Length;

    // Through links: a mounted configuration changes behind the same name.
    private static (string, long, DateTime, UnixFileMode) Look(string file)
    {
        try
        {
            var entry = new FileInfo(file);
            var target = entry.LinkTarget is null ? entry : entry.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? entry;
            return (file, target.Length, target.LastWriteTimeUtc, target.UnixFileMode);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return (file, -1, default, default);
        }
    }
}
