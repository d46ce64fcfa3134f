namespace Authdog.Identity.Sso.Domains;

/// <summary>What the DNS says of a name's TXT records: a closed set.</summary>
internal abstract record TxtAnswer
{
    private TxtAnswer()
    {
    }

    /// <summary>The texts there are; none when the name or its TXT records do not exist.</summary>
    public sealed record Texts(IReadOnlyList<string> All) : TxtAnswer;

    /// <summary>Nobody knows: no server answered, or it failed. Nothing follows from that.</summary>
    /// <param name="Reason">In a few words, for an administrator.</param>
    public sealed record Unknown(string Reason) : TxtAnswer;
}
