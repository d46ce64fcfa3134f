using System.Collections.Frozen;
using System.CommandLine;
using System.Net;
using Authdog.Policies.Decisions;

namespace Authdog.Gateway.Commands;

/// <summary>A request and a person as options of a command.</summary>
internal sealed class PolicyQuestion
{
    private readonly Option<string> _method = new("--method") { Description = "HTTP method.", HelpName = "M", DefaultValueFactory = _ => "GET" };
    private readonly Option<string> _path = new("--path") { Description = "Path, decoded.", HelpName = "P", DefaultValueFactory = _ => "/" };
    private readonly Option<string> _host = new("--host") { Description = "Host.", HelpName = "H", DefaultValueFactory = _ => "localhost" };
    private readonly Option<IPAddress?> _ip = new("--ip")
    {
        Description = "Address of the client.",
        HelpName = "A",
        CustomParser = result =>
        {
            if (IPAddress.TryParse(result.Tokens[0].Value, out var address))
            {
                return address;
            }

            result.AddError($"'{result.Tokens[0].Value}' is not an address.");
            return null;
        },
    };

    /// <summary>Who asks.</summary>
    public Option<string> User { get; } = new("--user") { Description = "E-mail address of who asks; nobody is signed in without it. Without --role, the directory says which roles they have.", HelpName = "E" };
    private readonly Option<bool> _unverified = new("--unverified") { Description = "The e-mail address is not verified." };
    /// <summary>Their roles.</summary>
    public Option<string[]> Roles { get; } = new("--role") { Description = "A role of who asks; may be repeated.", HelpName = "R", DefaultValueFactory = _ => [] };
    /// <summary>Their tenant.</summary>
    public Option<string> Tenant { get; } = new("--tenant") { Description = "Tenant of who asks.", HelpName = "ID", DefaultValueFactory = _ => "default" };
    private readonly Option<string> _acr = new("--acr") { Description = "Authentication level, aal1 or aal2.", HelpName = "LEVEL", DefaultValueFactory = _ => "aal1" };
    private readonly Option<string[]> _amr = new("--amr") { Description = "An authentication method; may be repeated.", HelpName = "METHOD", DefaultValueFactory = _ => ["pwd"] };
    private readonly Option<int> _age = new("--age") { Description = "Minutes since the sign-in.", HelpName = "MINUTES" };
    private readonly Option<string[]> _claims = new("--claim") { Description = "A further claim as name=value; may be repeated.", HelpName = "NAME=VALUE", DefaultValueFactory = _ => [] };

    /// <summary>The route, which names the policy.</summary>
    public Option<string> Route { get; } = new("--route") { Description = "Id of the route; its policy is asked.", HelpName = "R" };

    /// <summary>The policy, when no route is to say it.</summary>
    public Option<string> Policy { get; } = new("--policy") { Description = "Policy to ask, instead of the route's.", HelpName = "NAME" };

    /// <summary>A recorded decision, instead of a described request.</summary>
    public Option<string> Decision { get; } = new("--decision") { Description = "Explain the recorded decision of this id, as an error page, problem+json and the log show it.", HelpName = "ID" };

    /// <summary>Whether personal values of a recorded decision are shown.</summary>
    public Option<bool> Reveal { get; } = new("--reveal") { Description = "Show what is personal in a recorded decision, instead of keyed hashes." };

    /// <summary>Gives a command these options.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { Route, Policy, Decision, Reveal, _method, _path, _host, _ip, User, _unverified, Roles, Tenant, _acr, _amr, _age, _claims })
        {
            command.Add(option);
        }

        command.Validators.Add(result =>
        {
            if (result.GetValue(Route) is null && result.GetValue(Policy) is null && result.GetValue(Decision) is null)
            {
                result.AddError("Give --route R, --policy NAME or --decision ID.");
            }

            if (result.GetValue(_path) is not ['/', ..])
            {
                result.AddError("--path begins with '/'.");
            }

            if ((result.GetValue(_claims) ?? []).Any(claim => claim.IndexOf('=', StringComparison.Ordinal) <= 0))
            {
                result.AddError("A claim is written name=value.");
            }
        });
    }

    /// <summary>The request that the options describe; <paramref name="person"/> is who the directory knows under the address.</summary>
    public AccessRequest Request(ParseResult parsed, DirectoryPerson? person, DateTimeOffset now) => new()
    {
        Route = parsed.GetValue(Route) ?? string.Empty,
        Method = parsed.GetRequiredValue(_method),
        Host = parsed.GetRequiredValue(_host).ToLowerInvariant(),
        Path = parsed.GetRequiredValue(_path),
        RemoteAddress = parsed.GetValue(_ip),
        Now = now,
        Subject = parsed.GetValue(User) is { } email ? Subject(parsed, person, email, now) : null,
    };

    private Subject Subject(ParseResult parsed, DirectoryPerson? person, string email, DateTimeOffset now) => new()
    {
        UserId = person?.Id ?? Guid.Empty.ToString("D"),
        Tenant = parsed.GetRequiredValue(Tenant),
        Email = person?.Email ?? email,
        EmailVerified = person?.EmailVerified ?? !parsed.GetValue(_unverified),
        Roles = (person?.Roles ?? parsed.GetValue(Roles) ?? []).ToFrozenSet(StringComparer.Ordinal),
        Acr = parsed.GetRequiredValue(_acr),
        Amr = (parsed.GetValue(_amr) ?? []).ToFrozenSet(StringComparer.Ordinal),
        AuthenticatedAt = now - TimeSpan.FromMinutes(parsed.GetValue(_age)),
        Claims = (parsed.GetValue(_claims) ?? [])
            .Select(claim => claim.Split('=', 2))
            .GroupBy(claim => claim[0], claim => claim[1], StringComparer.Ordinal)
            .ToFrozenDictionary(claim => claim.Key, claim => ClaimValue.Of(claim), StringComparer.Ordinal),
    };
}
