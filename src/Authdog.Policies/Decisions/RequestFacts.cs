namespace Authdog.Policies.Decisions;

/// <summary>
/// What is looked up only when a criterion asks for it. Each member may be read several times during one decision: an
/// implementation keeps what it has computed for the length of the request.
/// </summary>
public abstract class RequestFacts
{
    /// <summary>The field lines of a header as the upstream will see them; the name in any letter case (RFC 9110, section 5.1).</summary>
    public abstract FieldLines Header(string name);

    /// <summary>The verified client certificate; <see langword="null"/> when the client presented none.</summary>
    public abstract ClientCertificate? ClientCertificate { get; }

    /// <summary>Country of the client's address, ISO 3166-1 alpha-2 in upper case; <see langword="null"/> when unknown, and unknown never allows.</summary>
    public abstract string? Country { get; }

    /// <summary>Number of the autonomous system of the client's address; <see langword="null"/> when unknown, and unknown never allows.</summary>
    public abstract long? Asn { get; }

    /// <summary>How likely this is a program: 0 is surely a person, 100 surely a bot; <see langword="null"/> when unknown, and unknown never allows.</summary>
    public abstract int? BotScore { get; }

    /// <summary>What the bot score was made of, for explanations; <see langword="null"/> when there is nothing to say.</summary>
    public abstract string? BotSignals { get; }

    /// <summary>Whether the client has solved a challenge not long ago; <see langword="null"/> when unknown, and unknown has not.</summary>
    public abstract bool? ChallengePassed { get; }
}
