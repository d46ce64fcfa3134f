using Authdog.Identity.Sso;

namespace Authdog.Console.Api.Connections;

/// <summary>What came of changing a connection, as an answer.</summary>
internal static class ConnectionAnswers
{
    /// <summary>The connection as it is now, or what was wrong.</summary>
    public static async Task<ApiAnswer> OfAsync(ApiCall call, string connection, ConnectionChange change, bool isNew = false)
    {
        switch (change)
        {
            case ConnectionChange.Done { EndedSessions: var ended }:
                if (await FindAsync(call, connection) is not { } now)
                {
                    return ApiProblem.NotFound();
                }

                var shown = ConnectionResource.Of(call, now);

                // The version is the connection's own, with or without what the change did besides.
                var told = now is { Enabled: true, Enforced: true } ? shown with { EndedSessions = ended } : shown;
                return (isNew ? ApiAnswer.Created($"{ApiPaths.Tenants}/{call.Tenant.Id}/connections/{connection}", told) : ApiAnswer.Ok(told)) with { ETag = ApiJson.Tag(shown) };
            case ConnectionChange.Refused { Mistakes: [var only] } when only.StartsWith("AG5305", StringComparison.Ordinal):
                return ApiProblem.Conflict("There is a connection of this id.");
            case ConnectionChange.Refused { Mistakes: var mistakes }:
                FieldErrors errors = new();
                foreach (var mistake in mistakes)
                {
                    errors.Add(Field(mistake), mistake);
                }

                return errors.Answer();
            default:
                return ApiProblem.NotFound();
        }
    }

    /// <summary>The connection of the path; null when the tenant has none of it.</summary>
    public static async Task<ConnectionRecord?> FindAsync(ApiCall call, string connection) =>
        Connection.IsSlug(connection) ? (await call.Get<Identity.Sso.Connections>().OfAsync(call.Tenant.Id, CancellationToken.None)).Find(connection) : null;

    // By the code that each mistake begins with: AG530x are of every connection, AG532x and AG533x of OpenID Connect, what is left of SAML.
    private static string Field(string mistake) => mistake.Split(' ')[0] switch
    {
        "AG5304" or "AG5305" or "AG5308" or "AG5312" => "id",
        "AG5309" => "name",
        "AG5301" or "AG5302" or "AG5303" or "AG5330" => "mapping",
        var code when code.StartsWith("AG532", StringComparison.Ordinal) || code.StartsWith("AG533", StringComparison.Ordinal) => "oidc",
        _ => "saml",
    };
}
