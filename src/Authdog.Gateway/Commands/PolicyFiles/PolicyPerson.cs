using System.Collections.Frozen;
using System.Collections.Immutable;
using System.CommandLine;
using Authdog.Policies.Criteria;
using Authdog.Policies.Decisions;

namespace Authdog.Gateway.Commands.PolicyFiles;

/// <summary>Who asks, as options of a command.</summary>
internal sealed class PolicyPerson
{
    private static readonly string[] s_risks = ["none", "low", "medium", "high"];
    private static readonly string[] s_clientKinds = ["user-session", "api-key", "service"];

    private readonly Option<bool> _unverified = new("--unverified") { Description = "The e-mail address is not verified." };
    private readonly Option<string> _id = new("--id") { Description = "Id of who asks (sub).", HelpName = "ID" };
    private readonly Option<string[]> _permissions = new("--permission") { Description = "A permission of who asks; may be repeated.", HelpName = "P", DefaultValueFactory = _ => [] };
    private readonly Option<string[]> _groups = new("--group") { Description = "A group of who asks; may be repeated.", HelpName = "G", DefaultValueFactory = _ => [] };
    private readonly Option<string[]> _claims = new("--claim") { Description = "A further claim as name=value; may be repeated. true, false and numbers are taken as such.", HelpName = "NAME=VALUE", DefaultValueFactory = _ => [] };
    private readonly Option<string> _clientKind = new("--client-kind") { Description = "What who asks is signed in with: user-session, api-key or service.", HelpName = "KIND", DefaultValueFactory = _ => s_clientKinds[0] };
    private readonly Option<string> _acr = new("--acr") { Description = "Authentication level, aal1 or aal2.", HelpName = "LEVEL", DefaultValueFactory = _ => "aal1" };
    private readonly Option<string[]> _amr = new("--amr") { Description = "An authentication method; may be repeated.", HelpName = "METHOD", DefaultValueFactory = _ => [] };
    private readonly Option<int> _age = new("--age") { Description = "Minutes since the sign-in.", HelpName = "MINUTES" };
    private readonly Option<int?> _sessionAge = new("--session-age") { Description = "Minutes since the session began; since the sign-in without it.", HelpName = "MINUTES" };
    private readonly Option<string[]> _factors = new("--factor") { Description = "A factor that was used, and how long ago: METHOD:AGE, for a passkey METHOD:AGE:synced or METHOD:AGE:device-bound, perhaps with :AAGUID; may be repeated.", HelpName = "hwk:10m:synced", DefaultValueFactory = _ => [] };
    private readonly Option<string> _connection = new("--connection") { Description = "Id of the connection that signed who asks in.", HelpName = "ID" };

    private readonly Option<string> _risk = new("--risk") { Description = "How unusual the sign-in was: none, low, medium or high.", HelpName = "LEVEL", DefaultValueFactory = _ => s_risks[0] };

    /// <summary>Their e-mail address.</summary>
    public Option<string> User { get; } = new("--user") { Description = "E-mail address of who asks; nobody is signed in without it. Without --role, the directory says which roles they have.", HelpName = "E" };

    /// <summary>Their roles.</summary>
    public Option<string[]> Roles { get; } = new("--role") { Description = "A role of who asks; may be repeated.", HelpName = "R", DefaultValueFactory = _ => [] };

    /// <summary>Their tenant.</summary>
    public Option<string> Tenant { get; } = new("--tenant") { Description = "Tenant of who asks.", HelpName = "ID", DefaultValueFactory = _ => "default" };

    /// <summary>Gives a command these options.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { User, _unverified, _id, Tenant, Roles, _permissions, _groups, _claims, _clientKind, _acr, _amr, _age, _sessionAge, _factors, _connection, _risk })
        {
            command.Add(option);
        }

        command.Validators.Add(result =>
        {
            if ((result.GetValue(_claims) ?? []).Any(claim => claim.IndexOf('=', StringComparison.Ordinal) <= 0))
            {
                result.AddError("A claim is written name=value.");
            }

            if (result.GetValue(_clientKind) is { } kind && !s_clientKinds.Contains(kind))
            {
                result.AddError($"--client-kind is one of {string.Join(", ", s_clientKinds)}.");
            }

            if (result.GetValue(_risk) is { } risk && !s_risks.Contains(risk))
            {
                result.AddError($"--risk is one of {string.Join(", ", s_risks)}.");
            }

            foreach (var factor in (result.GetValue(_factors) ?? []).Where(factor => ReadFactor(factor, default) is null))
            {
                result.AddError($"'{factor}' is no factor: write METHOD:AGE, like otp:5m, or for a passkey hwk:5m:device-bound.");
            }
        });
    }

    /// <summary>The person that the options describe; null for nobody.</summary>
    public Subject? Subject(ParseResult parsed, DirectoryPerson? person, DateTimeOffset now)
    {
        if (parsed.GetValue(User) is not { } email)
        {
            return null;
        }

        ImmutableArray<FactorUse> factors = [.. (parsed.GetValue(_factors) ?? []).Select(factor => ReadFactor(factor, now)).OfType<FactorUse>()];
        var signedIn = now - TimeSpan.FromMinutes(parsed.GetValue(_age));
        var amr = parsed.GetValue(_amr) is { Length: > 0 } given ? given : factors.IsEmpty ? ["pwd"] : [.. factors.SelectMany(factor => factor.Amr)];
        return new Subject
        {
            UserId = parsed.GetValue(_id) ?? person?.Id ?? Guid.Empty.ToString("D"),
            Tenant = parsed.GetRequiredValue(Tenant),
            Email = person?.Email ?? email,
            EmailVerified = person?.EmailVerified ?? !parsed.GetValue(_unverified),
            Roles = (person?.Roles ?? parsed.GetValue(Roles) ?? []).ToFrozenSet(StringComparer.Ordinal),
            Permissions = (parsed.GetValue(_permissions) ?? []).ToFrozenSet(StringComparer.Ordinal),
            Groups = (parsed.GetValue(_groups) ?? []).ToFrozenSet(StringComparer.Ordinal),
            Acr = parsed.GetRequiredValue(_acr),
            Amr = amr.ToFrozenSet(StringComparer.Ordinal),
            AuthenticatedAt = signedIn,
            FactorUses = factors,
            SessionCreatedAt = parsed.GetValue(_sessionAge) is { } minutes ? now - TimeSpan.FromMinutes(minutes) : signedIn,
            Connection = parsed.GetValue(_connection) is { } connection && connection != Policies.Decisions.Subject.LocalConnection ? connection : null,
            Risk = (RiskLevel)Array.IndexOf(s_risks, parsed.GetRequiredValue(_risk)),
            ClientKind = (ClientKind)Array.IndexOf(s_clientKinds, parsed.GetRequiredValue(_clientKind)),
            Claims = (parsed.GetValue(_claims) ?? [])
                .Select(claim => claim.Split('=', 2))
                .GroupBy(claim => claim[0], claim => ClaimValue.Parse(claim[1]), StringComparer.Ordinal)
                .ToFrozenDictionary(claim => claim.Key, claim => claim.Count() == 1 ? claim.First() : new ClaimValue.List([.. claim]), StringComparer.Ordinal),
        };
    }

    // METHOD:AGE[:KIND[:AAGUID]]
    private static FactorUse? ReadFactor(string text, DateTimeOffset now)
    {
        var parts = text.Split(':');
        var age = TimeSpan.Zero;
        if (parts.Length is < 2 or > 4 || parts[0].Length == 0 || (parts[1] != "0s" && !Duration.TryParse(parts[1], out age)))
        {
            return null;
        }

        var aaguid = Guid.Empty;
        if ((parts.Length > 2 && parts[2] is not ("synced" or "device-bound")) || (parts.Length > 3 && !Guid.TryParse(parts[3], out aaguid)))
        {
            return null;
        }

        var passkey = parts.Length > 2 ? new Passkey(parts[2] == "synced" ? PasskeyKind.Synced : PasskeyKind.DeviceBound, aaguid) : null;
        return new FactorUse([parts[0]], now == default ? now : now - age, passkey);
    }
}
