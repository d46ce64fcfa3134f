using Authdog.Policies.Decisions;

namespace Authdog.Policies.Criteria;

/// <summary><c>connection</c>: what signed the person in; <c>local</c> is the gateway's own sign-in.</summary>
internal sealed class ConnectionCriterion(string[] connections) : PersonalCriterion
{
    public override string Keyword => "connection";

    public override string Wanted => Wording.AnyOf(connections);

    public override IReadOnlyList<string> Values => connections;

    public override bool IsOfOne => true;

    public override Change? Suppose(in AccessRequest request, bool hit) => hit
        ? Change.Of(in request, subject => subject with { Connection = connections[0] == Subject.LocalConnection ? null : connections[0] }, $"a sign-in through {Wanted}", Weights.SignIn)
        : Change.Of(in request, subject => subject with { Connection = connections.Contains(Subject.LocalConnection) ? "another" : null }, $"a sign-in not through {Wanted}", Weights.SignIn);

    protected override Verdict Judge(Subject subject, DateTimeOffset now) =>
        connections.AsSpan().Contains(subject.Connection ?? Subject.LocalConnection) ? Verdict.Hit : Verdict.Miss;

    protected override string SeenOf(Subject subject, DateTimeOffset now) => subject.Connection ?? Subject.LocalConnection;
}
