using Authdog.Policies.Decisions;
using Authdog.Policies.Explanation;
using Authdog.Policies.Language;

namespace Authdog.Policies.Catalog;

/// <summary>The policy folder as an immutable snapshot that is replaced whole or not at all.</summary>
/// <remarks>Safe for use by many threads. Before the first successful <see cref="Reload"/> it has no policy and denies everything.</remarks>
/// <param name="path">The folder.</param>
/// <param name="time">The clock.</param>
/// <param name="gate">What a set must pass before it is put to use; nothing when absent.</param>
public sealed class PolicyCatalog(string path, TimeProvider time, PolicyGate? gate = null)
{
    private const int MostAttempts = 5;

    private readonly Lock reloading = new();
    private readonly PolicyCache cache = new();
    private volatile PolicySnapshot current = PolicySnapshot.Empty;
    private volatile PolicyCatalogStatus status = new(null, null, 0, []);

    /// <summary>The folder.</summary>
    public string Path { get; } = path;

    /// <summary>What a set must meet besides, such as that what it names exists: a set with errors is not put to use.</summary>
    public Func<PolicySnapshot, IEnumerable<PolicyError>>? Check { get; init; }

    /// <summary>The set that decides now. Take it once to ask several questions of the same set.</summary>
    public PolicySnapshot Current => current;

    /// <summary>How the catalog is.</summary>
    public PolicyCatalogStatus Status => status;

    /// <summary>The files as they were when <see cref="Reload"/> last read them undisturbed.</summary>
    internal PolicyFingerprint? Fingerprint { get; private set; }

    /// <summary>Whether a set must pass a gate, so that test files matter as policies do.</summary>
    internal bool IsGated => gate is not null;

    /// <summary>Raised after each <see cref="Reload"/>, on its thread: with a snapshot when the set was replaced, with errors when it was kept.</summary>
    public event EventHandler<PolicyLoadResult>? Reloaded;

    /// <summary>Raised when a decision failed with an exception and was therefore denied: there is a bug to report.</summary>
    public event EventHandler<Exception>? EvaluationFailed;

    /// <summary>Reads a folder without putting it to use.</summary>
    public static PolicyLoadResult Load(string path, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(time);
        return PolicyFolder.Load(path, time.GetUtcNow(), new PolicyCache());
    }

    /// <summary>Reads the folder and puts it to use if it has no error; otherwise keeps the current set.</summary>
    public PolicyLoadResult Reload()
    {
        PolicyLoadResult result;
        lock (reloading)
        {
            (result, Fingerprint) = LoadUndisturbed();
            result = Checked(result);
            var now = time.GetUtcNow();
            if (result.Snapshot is { } snapshot)
            {
                current = snapshot;
                status = new PolicyCatalogStatus(snapshot.LoadedAt, now, snapshot.Names.Length, []);
            }
            else
            {
                status = status with { CheckedAt = now, Errors = result.Errors };
            }
        }

        Reloaded?.Invoke(this, result);
        return result;
    }

    /// <summary>Whether the current snapshot has a policy of this name.</summary>
    public bool Contains(string policy) => current.Contains(policy);

    /// <summary>Decides by the named policy of the current snapshot. An unknown name denies, and so does an exception.</summary>
    public AccessDecision Decide(string policy, in AccessRequest request)
    {
        try
        {
            return current.Decide(policy, in request);
        }
        catch (Exception exception)
        {
            // B6: whatever goes wrong in here must never be an answer that allows.
            EvaluationFailed?.Invoke(this, exception);
            return new AccessDecision(AccessOutcome.Deny, AccessReason.EvaluationFailed, policy, null, null, PassesIdentity: false);
        }
    }

    /// <summary>Decides like <see cref="Decide"/> and tells how, rule by rule and criterion by criterion.</summary>
    public PolicyExplanation Explain(string policy, in AccessRequest request, Disclosure disclosure = Disclosure.Masked) =>
        current.Explain(policy, in request, disclosure);

    private PolicyLoadResult Checked(PolicyLoadResult result) =>
        result.Snapshot is { } snapshot && Check?.Invoke(snapshot).ToArray() is { Length: > 0 } errors ? new PolicyLoadResult([.. errors]) : result;

    // A file that changes while it is read could be seen half: such a reading is thrown away.
    private (PolicyLoadResult Result, PolicyFingerprint? Fingerprint) LoadUndisturbed()
    {
        var before = Look();
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            var result = Pass(PolicyFolder.Load(Path, time.GetUtcNow(), cache));
            var after = Look();
            if (after.Equals(before))
            {
                return (result, before);
            }

            before = after;
        }

        var disturbed = new PolicyError(ErrorCodes.KeepsChanging, Path, 0, 0, "The files change while they are read", null, "They are read again when they rest");
        return (new PolicyLoadResult([disturbed]), null);
    }

    /// <summary>The files as they are: the tests too, when what they say decides.</summary>
    internal PolicyFingerprint Look() => PolicyFingerprint.Of(Path, withTests: gate is not null);

    private PolicyLoadResult Pass(PolicyLoadResult result) =>
        gate is not null && result.Snapshot is { } snapshot && gate(snapshot, Path) is { IsEmpty: false } errors ? new PolicyLoadResult(errors) : result;
}
