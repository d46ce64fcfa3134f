using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Authdog.Identity.Audit;
using Authdog.Identity.Audit.Chain;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Users;

namespace Authdog.Console.Api.Audit;

/// <summary>Reads the filters of the record from the query: the same that <c>audit list</c> takes.</summary>
internal sealed class AuditFilter(ApiCall call)
{
    private static readonly string[] s_names = ["user", "event", "since", "until", "address", "decision", "newest"];

    /// <summary>What was asked for.</summary>
    public AuditQuery Query { get; private set; } = new();

    /// <summary>All filters as one short text: a cursor is of no use with others.</summary>
    public string Text => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', s_names.Select(name => $"{name}={string.Join(',', call.QueryAll(name))}"))))[..8]);

    /// <summary>Reads them; the answer to give instead when one cannot be read.</summary>
    public async Task<ApiAnswer?> ReadAsync()
    {
        List<AuditEventKind> kinds = [];
        foreach (var text in call.QueryAll("event"))
        {
            if (!Enum.TryParse<AuditEventKind>(text, ignoreCase: true, out var kind) || !Enum.IsDefined(kind) || char.IsAsciiDigit(text[0]))
            {
                return ApiProblem.Parameter("event", "there is no such event. Give one such as SignInFailed; may be repeated.");
            }

            kinds.Add(kind);
        }

        if (!TryInstant("since", out var since) || !TryInstant("until", out var until))
        {
            return ApiProblem.Parameter(TryInstant("since", out _) ? "until" : "since", "give an instant such as 2027-01-31T08:00:00Z.");
        }

        if (call.Query("newest") is not (null or "true" or "false"))
        {
            return ApiProblem.Parameter("newest", "give true or false.");
        }

        UserId? user = null;
        if (call.Query("user") is { } whom && (user = await UserAsync(whom)) is null)
        {
            return ApiProblem.Parameter("user", "give an id, or the address of somebody who is there.");
        }

        Query = new AuditQuery
        {
            NewestFirst = call.Query("newest") is "true",
            User = user,
            Kinds = kinds,
            Since = since,
            Until = until,
            Address = call.Query("address"),
            Decision = call.Query("decision"),
        };
        return null;
    }

    private bool TryInstant(string name, out DateTimeOffset? time)
    {
        var isTime = DateTimeOffset.TryParse(call.Query(name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var read);
        time = isTime ? read : null;
        return isTime || call.Query(name) is null;
    }

    // Of one that is erased, too: the id is all that is left of them.
    private async Task<UserId?> UserAsync(string whom) =>
        UserId.TryParse(whom, out var id) ? id
        : EmailAddress.TryParse(whom, out var email) ? (await call.Get<UserDirectory>().FindByEmailAsync(email, call.Aborted))?.UserId
        : null;
}
