using Authdog.Policies.Decisions;

namespace Authdog.Policies.Criteria;

/// <summary><c>client-kind</c>: what the subject is signed in with.</summary>
internal sealed class ClientKindCriterion(string[] kinds) : PersonalCriterion
{
    private readonly ClientKind[] wanted = [.. kinds.Select(Parse)];

    /// <summary>The kinds as policies write them.</summary>
    public static IReadOnlyList<string> All => Words;

    /// <summary>One of <see cref="All"/>.</summary>
    public static ClientKind Parse(string word) => (ClientKind)Words.IndexOf(word);

    public override string Keyword => "client-kind";

    public override string Wanted => Wording.AnyOf(kinds);

    public override IReadOnlyList<string> Values => kinds;

    public override bool IsOfOne => true;

    private static List<string> Words { get; } = ["user-session", "api-key", "service"];

    protected override Verdict Judge(Subject subject, DateTimeOffset now) => wanted.AsSpan().Contains(subject.ClientKind) ? Verdict.Hit : Verdict.Miss;

    protected override string SeenOf(Subject subject, DateTimeOffset now) => Words[(int)subject.ClientKind];
}
