using Authdog.Policies.Decisions;

namespace Authdog.Policies.Criteria;

/// <summary><c>client-kind</c>: what the subject is signed in with.</summary>
internal sealed class ClientKindCriterion(string[] kinds) : PersonalCriterion
{
    private readonly ClientKind[] wanted = [.. kinds.Select(kind => (ClientKind)Words.IndexOf(kind))];

    /// <summary>The kinds as policies write them.</summary>
    public static IReadOnlyList<string> All => Words;

    public override string Keyword => "client-kind";

    public override string Wanted => Wording.AnyOf(kinds);

    private static List<string> Words { get; } = ["user-session", "api-key", "service"];

    protected override Verdict Judge(Subject subject, DateTimeOffset now) => wanted.AsSpan().Contains(subject.ClientKind) ? Verdict.Hit : Verdict.Miss;

    protected override string SeenOf(Subject subject, DateTimeOffset now) => Words[(int)subject.ClientKind];
}
