namespace Authdog.Identity.Login;

/// <summary>A transaction together with its id and the version that was read.</summary>
/// <param name="Id">Random id, as in <c>?flow=</c>; the sealed transaction itself while it is not written yet.</param>
/// <param name="Transaction">The transaction.</param>
/// <param name="Version">Version in the store, for compare-and-set.</param>
public sealed record LoginFlow(string Id, LoginTransaction Transaction, long Version)
{
    internal const long Unwritten = 0;

    /// <summary>Whether the store has it.</summary>
    internal bool IsWritten => Version != Unwritten;
}
