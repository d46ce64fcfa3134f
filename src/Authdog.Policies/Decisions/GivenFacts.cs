using System.Collections.Frozen;

namespace Authdog.Policies.Decisions;

/// <summary>Facts that are known beforehand: of a test, a question on the command line, or a recorded decision.</summary>
/// <param name="headers">Headers with their lines; the letter case of names does not matter.</param>
/// <param name="clientCertificate">The certificate, if the client presented one.</param>
/// <param name="country">Country, if known.</param>
/// <param name="asn">Autonomous system, if known.</param>
/// <param name="botScore">Bot score, if known.</param>
/// <param name="botSignals">What the bot score was made of, if known.</param>
/// <param name="challengePassed">Whether the client has solved a challenge, if known.</param>
public sealed class GivenFacts(
    IEnumerable<KeyValuePair<string, string[]>> headers,
    ClientCertificate? clientCertificate = null,
    string? country = null,
    long? asn = null,
    int? botScore = null,
    string? botSignals = null,
    bool? challengePassed = null) : RequestFacts
{
    private readonly FrozenDictionary<string, string[]> headers = headers.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Nothing is known of where the client is, and it sends no header and no certificate.</summary>
    public static GivenFacts None { get; } = new([]);

    /// <summary>All headers that are known.</summary>
    public IReadOnlyDictionary<string, string[]> All => headers;

    /// <inheritdoc/>
    public override ClientCertificate? ClientCertificate => clientCertificate;

    /// <inheritdoc/>
    public override string? Country => country;

    /// <inheritdoc/>
    public override long? Asn => asn;

    /// <inheritdoc/>
    public override int? BotScore => botScore;

    /// <inheritdoc/>
    public override string? BotSignals => botSignals;

    /// <inheritdoc/>
    public override bool? ChallengePassed => challengePassed;

    /// <inheritdoc/>
    public override FieldLines Header(string name) => headers.TryGetValue(name, out var lines) ? new FieldLines(lines) : default;
}
